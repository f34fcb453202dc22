// The year's line: months on the axis, one line for each series, named at its end. The figures are in a list beside it.
import * as echarts from "echarts";
import { css, rem } from "anzhi/map-paint";

const drawn = new Map();

const last = (values) => values.findLast((value) => value !== null) ?? 0;

function option({ months, series, unit }) {
  const size = rem();
  const text = { color: css("ink-3"), fontFamily: css("font"), fontSize: Math.max(0.78 * size, 12) };
  return {
    animation: false,
    textStyle: text,
    grid: { left: 3.4 * size, right: 8.4 * size, top: 1.1 * size, bottom: 1.7 * size },
    xAxis: { type: "category", data: months, boundaryGap: false, axisTick: { show: false }, axisLine: { lineStyle: { color: css("line-2") } }, axisLabel: { ...text, interval: 0, hideOverlap: true } },
    yAxis: { type: "value", splitNumber: 3, axisLabel: text, splitLine: { lineStyle: { color: css("line") } } },
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (value) => (value == null ? "—" : `${value.toFixed(2)} ${unit}`) },
    series: series.map(({ name, values, end, dashed }, at) => ({
      type: "line", name, data: values, symbol: dashed ? "none" : "circle", symbolSize: 0.32 * size, connectNulls: false,
      itemStyle: { color: css(dashed ? "ink-2" : "q5") },
      lineStyle: { color: css(dashed ? "ink-3" : "done"), width: dashed ? 1.6 : 2.4, type: dashed ? [5, 4] : "solid" },
      areaStyle: dashed ? undefined : { color: { type: "linear", x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: "rgba(79,186,192,.32)" }, { offset: 1, color: "rgba(79,186,192,0)" }] } },
      endLabel: { show: true, formatter: end, color: css(dashed ? "ink-2" : "q5"), fontFamily: css("font"), fontSize: Math.max(0.9 * size, 12), fontWeight: dashed ? 400 : 600, distance: 0.5 * size, offset: [0, (last(values) >= last(series[1 - at]?.values ?? []) ? -1.2 : -0.15) * size] },
    })),
  };
}

export function charts(root) {
  for (const [element, { chart, watch }] of drawn)
    if (!element.isConnected) {
      watch.disconnect();
      chart.dispose();
      drawn.delete(element);
    }
  for (const element of root.querySelectorAll("[data-line]")) {
    if (drawn.has(element)) continue;
    const chart = echarts.init(element, null, { renderer: "svg" });
    const draw = () => chart.setOption(option(JSON.parse(document.getElementById(element.dataset.line).textContent)), true);
    draw();
    const watch = new ResizeObserver(() => (chart.resize(), draw()));
    watch.observe(element);
    drawn.set(element, { chart, watch });
  }
}
