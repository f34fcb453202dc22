// The same view without WebGL: ECharts draws it on a plain canvas from the same borders and figures.
import * as echarts from "echarts";
import { css, json, rem, steps } from "anzhi/map-paint";

const SYMBOLS = { red: "path://M29 0h42l29 29v42l-29 29H29L0 71V29z", yellow: "diamond", blue: "circle" };

function spots(view) {
  const look = { built: { color: css("mark") }, construction: { color: css("edge"), borderColor: css("d2"), borderWidth: 3 }, planned: { color: css("edge"), borderColor: css("ink-2"), borderWidth: 1.4, borderType: "dashed" }, suspended: { color: css("ink-3") } };
  return view.points.filter((one) => one.layer !== "sites").map((one) => ({ name: one.name, url: one.url, value: [one.lon, one.lat], symbolSize: 7, itemStyle: look[one.kind] }));
}

function signs(view, places) {
  return view.signs.map((one) => ({
    url: one.url, name: one.words, value: places[one.code] ?? places[view.region], symbol: SYMBOLS[one.level], symbolSize: 22, symbolOffset: [0, -2.1 * rem()],
    itemStyle: { color: css(one.level) }, label: { show: true, formatter: one.letter, color: css(`${one.level}-on`), fontWeight: 700 },
  }));
}

export async function open(element, settings, pick) {
  const chart = echarts.init(element, null, { renderer: "canvas" });
  chart.on("click", ({ data, name, componentType }) => {
    if (data?.url) location.assign(data.url);
    else if (componentType === "geo") pick(name);
  });

  async function show(view) {
    const parts = await json(view.inside);
    echarts.registerMap(view.inside, parts);
    const step = steps(view.values);
    const hot = new Set(view.hot);
    const places = Object.fromEntries(parts.features.map(({ properties: { code, cp } }) => [code, cp]));
    places[view.region] ??= parts.features[0]?.properties.cp;
    const regions = parts.features.map(({ properties: { code } }) => ({
      name: code,
      itemStyle: { areaColor: css(step(view.values[code]?.v ?? 0) ? `q${step(view.values[code]?.v ?? 0)}` : "none"), borderColor: hot.has(code) ? css("red") : css("edge"), borderWidth: hot.has(code) ? 2.2 : 1.4 },
      label: { formatter: [view.names[code], view.values[code]?.words].filter(Boolean).join("\n") },
    }));
    chart.setOption({
      animation: false,
      geo: { map: view.inside, nameProperty: "code", roam: true, top: 24, bottom: 16, regions, emphasis: { disabled: true }, select: { disabled: true }, itemStyle: { shadowColor: css("q4"), shadowBlur: 18 }, label: { show: true, color: css("ink"), fontFamily: css("font"), fontSize: Math.max(0.85 * rem(), 12), lineHeight: 1.1 * rem() } },
      series: [
        { type: "scatter", coordinateSystem: "geo", data: spots(view), z: 5 },
        { type: "scatter", coordinateSystem: "geo", data: signs(view, places), z: 6 },
      ],
    }, true);
    element.dataset.drawn = view.region;
    element.dataset.flat = "yes";
  }
  return { show, resize: () => chart.resize() };
}
