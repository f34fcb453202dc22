// The map of a record without WebGL2: ECharts draws the counties of its prefectures and the same places.
import * as echarts from "echarts";
import { css } from "anzhi/map-paint";

const NAME = "record";

function spots(view) {
  return view.spots.map((one) => ({
    name: one.name, url: one.url, value: [one.lon, one.lat], symbol: one.mark === "dam" || one.own ? "circle" : "roundRect", symbolSize: one.own ? 16 : 9,
    itemStyle: { color: css(one.own ? "brand" : "surface"), borderColor: css("brand"), borderWidth: 2 },
    label: { show: Boolean(one.own), formatter: "{b}", position: "top", color: css("ink"), fontWeight: 600 },
  }));
}

export async function open(root, element, view) {
  const [[west, south], [east, north]] = view.box;
  const margin = Math.max(east - west, north - south) * 0.2;
  const chart = echarts.init(element, null, { renderer: "canvas" });
  echarts.registerMap(NAME, { type: "FeatureCollection", features: view.features });
  const regions = view.features.map(({ properties: { code, name } }) => ({
    name: code, label: { formatter: name, color: css(view.counties.includes(code) ? "ink" : "ink-3") },
    itemStyle: { areaColor: css(view.counties.includes(code) ? "brand-soft" : "surface"), borderColor: css(view.counties.includes(code) ? "brand" : "line-2") },
  }));
  chart.setOption({
    animation: false,
    geo: { map: NAME, nameProperty: "code", roam: "move", boundingCoords: [[west - margin, north + margin], [east + margin, south - margin]], regions, emphasis: { disabled: true }, select: { disabled: true }, label: { show: true, fontFamily: css("font"), fontSize: 12 } },
    series: [{ type: "scatter", coordinateSystem: "geo", data: spots(view), z: 5, tooltip: { show: true } }],
  });
  chart.on("click", ({ data }) => data?.url && location.assign(data.url));
  new ResizeObserver(() => chart.resize()).observe(element);
  element.dataset.flat = "yes";
}
