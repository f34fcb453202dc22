// Draws the flow of money named by data-sankey="id of the JSON"; the table below it holds the same figures.
import * as echarts from "echarts";

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--az-${name}`).trim();
const YI = 1e8;
const WAN = 1e4;
const short = (yuan) => (yuan >= YI ? `${(yuan / YI).toFixed(2)} 亿元` : `${(yuan / WAN).toFixed(2)} 万元`);

function option({ nodes, links }) {
  const came = {};
  for (const link of links) came[link.target] = (came[link.target] || 0) + link.value;
  for (const link of links) if (!(link.source in came)) came[link.source] = links.filter((l) => l.source === link.source).reduce((sum, l) => sum + l.value, 0);
  return {
    animation: false,
    series: [{
      type: "sankey", left: 16, right: 180, top: 14, bottom: 16, nodeWidth: 12, nodeGap: 14, draggable: false,
      layoutIterations: 0, emphasis: { disabled: true }, nodeAlign: "justify",
      data: nodes.map(({ name, stuck }) => ({
        name, itemStyle: { color: css(stuck ? "red" : "brand"), borderWidth: 0 },
        label: { color: css(stuck ? "red-text" : "ink"), fontWeight: stuck ? 600 : 400 },
      })),
      links: links.map(({ source, target, value, kind }) => ({
        source, target, value,
        lineStyle: { color: css(kind === "stuck" ? "red" : "brand"), opacity: kind === "stuck" ? 0.42 : 0.24, curveness: 0.5 },
      })),
      label: { fontFamily: css("font"), fontSize: 12.5, formatter: (p) => `${p.name}  ${short(came[p.name] || 0)}` },
    }],
  };
}

for (const place of document.querySelectorAll("[data-sankey]")) {
  const data = JSON.parse(document.getElementById(place.dataset.sankey).textContent);
  if (!data.links.length || !place.offsetWidth) continue;
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption(option(data));
  new ResizeObserver(() => chart.resize()).observe(place);
}
