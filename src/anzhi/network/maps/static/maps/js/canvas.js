// One area on a MapLibre map: its parts coloured by a figure, what stands in it, its alerts. Click goes one tier down.
import * as maplibre from "maplibre-gl";
import { bounds, css, json, rem, steps } from "anzhi/map-paint";
import { label, sign, words } from "anzhi/map-marks";

const EMPTY = { type: "FeatureCollection", features: [] };
const POINTS = ["built", "construction", "planned", "suspended", "site"];
const FLY = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 500;

function layers() {
  const shade = ["match", ["get", "step"], 1, css("q1"), 2, css("q2"), 3, css("q3"), 4, css("q4"), 5, css("q5"), css("none")];
  const kind = (name) => ["==", ["get", "kind"], name];
  const size = ["interpolate", ["linear"], ["coalesce", ["get", "size"], 0], 0, 3.2, 1000, 4.4, 16000, 9];
  return [
    { id: "glow", type: "line", source: "outline", paint: { "line-color": css("q4"), "line-width": 22, "line-blur": 22, "line-opacity": 0.5 } },
    { id: "ground", type: "fill", source: "around", paint: { "fill-color": css("ground"), "fill-outline-color": css("ground-line") } },
    { id: "parts", type: "fill", source: "parts", paint: { "fill-color": shade } },
    { id: "counties", type: "line", source: "county", "source-layer": "county", paint: { "line-color": css("faint-line"), "line-opacity": 0.16, "line-width": 0.7 } },
    { id: "edges", type: "line", source: "parts", paint: { "line-color": css("edge"), "line-width": 1.7 } },
    { id: "outer", type: "line", source: "outline", paint: { "line-color": css("outer"), "line-width": 1.5 } },
    { id: "hot", type: "line", source: "parts", filter: ["get", "hot"], paint: { "line-color": css("red"), "line-width": 2.2 } },
    { id: "site", type: "circle", source: "points", filter: ["==", ["get", "layer"], "sites"], minzoom: 6.6, paint: { "circle-radius": 2.6, "circle-color": css("d7"), "circle-opacity": 0.85, "circle-stroke-color": css("edge"), "circle-stroke-width": 0.8 } },
    { id: "built", type: "circle", source: "points", filter: kind("built"), paint: { "circle-radius": size, "circle-color": css("mark"), "circle-stroke-color": css("edge"), "circle-stroke-width": 1.2 } },
    { id: "planned", type: "circle", source: "points", filter: kind("planned"), paint: { "circle-radius": 4.6, "circle-color": css("edge"), "circle-opacity": 0.5, "circle-stroke-color": css("ink-2"), "circle-stroke-width": 1.4 } },
    { id: "suspended", type: "circle", source: "points", filter: kind("suspended"), paint: { "circle-radius": 4, "circle-color": css("ink-3"), "circle-opacity": 0.4, "circle-stroke-color": css("ink-3"), "circle-stroke-width": 2 } },
    { id: "construction", type: "circle", source: "points", filter: kind("construction"), paint: { "circle-radius": 5.5, "circle-color": css("edge"), "circle-stroke-color": css("d2"), "circle-stroke-width": 3 } },
  ];
}

function collection(points) {
  const features = points.map((one) => ({ type: "Feature", properties: one, geometry: { type: "Point", coordinates: [one.lon, one.lat] } }));
  return { type: "FeatureCollection", features };
}

export async function open(element, settings, pick) {
  maplibre.setWorkerUrl(new URL(settings.worker, location.href).href);
  const geojson = (more = {}) => ({ type: "geojson", data: EMPTY, ...more });
  const tiles = [location.origin + settings.tiles.replace("LAYER", "county")];
  const map = new maplibre.Map({
    container: element, locale: words(element), attributionControl: false, fadeDuration: 0, dragRotate: false, pitchWithRotate: false, bounds: [[97.4, 21.1], [106.3, 29.3]],
    style: { version: 8, sources: { outline: geojson({ buffer: 256 }), around: geojson(), parts: geojson(), points: geojson(), county: { type: "vector", tiles, minzoom: 5, maxzoom: 10 } }, layers: layers() },
  });
  map.touchZoomRotate.disableRotation();
  map.on("idle", () => (element.dataset.idle = ""));
  let markers = [];
  await new Promise((done) => map.once("load", done));
  map.on("click", (event) => {
    const at = [[event.point.x - 5, event.point.y - 5], [event.point.x + 5, event.point.y + 5]];
    const spot = map.queryRenderedFeatures(at, { layers: POINTS })[0];
    if (spot) return void (spot.properties.url && location.assign(spot.properties.url));
    const part = map.queryRenderedFeatures(event.point, { layers: ["parts"] })[0] ?? map.queryRenderedFeatures(event.point, { layers: ["ground"] })[0];
    if (part) pick(part.properties.code);
  });
  for (const name of ["parts", ...POINTS])
    map.on("mousemove", name, () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "parts", () => (map.getCanvas().style.cursor = ""));

  function mark(made, at, options = {}) {
    markers.push(new maplibre.Marker({ element: made, ...options }).setLngLat(at).addTo(map));
  }

  async function show(view) {
    const [outline, parts, around] = await Promise.all([json(view.outline), json(view.inside), view.around ? json(view.around) : EMPTY]);
    const step = steps(view.values);
    const hot = new Set(view.hot);
    const features = parts.features.map((one) => ({ ...one, properties: { ...one.properties, step: step(view.values[one.properties.code]?.v ?? 0), hot: hot.has(one.properties.code) } }));
    map.getSource("outline").setData(outline);
    map.getSource("around").setData({ ...around, features: around.features.filter((one) => one.properties.code !== view.region) });
    map.getSource("parts").setData({ ...parts, features });
    map.getSource("points").setData(collection(view.points));
    for (const one of markers) one.remove();
    markers = [];
    for (const { properties: { code, cp } } of features) mark(label(view.names[code] ?? "", view.values[code]?.words), cp);
    for (const { properties: { code, name, cp } } of around.features) if (code !== view.region) mark(label(name, "", true), cp);
    for (const one of view.signs) {
      const spot = features.find((part) => part.properties.code === one.code) ?? outline.features[0];
      mark(sign(one), spot.properties.cp, { offset: [0, -2.1 * rem()] });
    }
    if (element.dataset.drawn !== view.region) map.fitBounds(bounds(outline), { padding: view.padding ?? 24, duration: element.dataset.drawn ? FLY : 0 });
    await new Promise((done) => map.once("idle", done));
    element.dataset.drawn = view.region;
  }
  return { show, map, resize: () => map.resize() };
}
