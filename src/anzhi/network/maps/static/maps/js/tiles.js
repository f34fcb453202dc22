// The map of the page from vector tiles: borders by zoom, points exact or counted on a grid, names in HTML.
import * as maplibre from "maplibre-gl";
import { bounds, css, json } from "anzhi/map-paint";
import { card, label, sign, words } from "anzhi/map-marks";

const KINDS = { built: { "circle-color": "ink" }, construction: { "circle-color": "surface", "circle-stroke-color": "d2", "circle-stroke-width": 3 }, planned: { "circle-color": "surface", "circle-stroke-color": "ink-2", "circle-stroke-width": 1.4 }, suspended: { "circle-color": "surface", "circle-stroke-color": "ink-3", "circle-stroke-width": 2.4 }, site: { "circle-color": "d7" } };
const named = (paint) => Object.fromEntries(Object.entries(paint).map(([key, value]) => [key, typeof value === "string" ? css(value) : value]));

function borders() {
  return [
    { id: "land", type: "fill", source: "province", "source-layer": "province", paint: { "fill-color": css("surface") } },
    { id: "county-line", type: "line", source: "county", "source-layer": "county", paint: { "line-color": css("line-2"), "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.5, 11, 1.4] } },
    { id: "prefecture-line", type: "line", source: "prefecture", "source-layer": "prefecture", paint: { "line-color": css("control"), "line-width": 1.4 } },
    { id: "province-line", type: "line", source: "province", "source-layer": "province", paint: { "line-color": css("brand"), "line-width": 2 } },
    { id: "area-line", type: "line", source: "area", paint: { "line-color": css("brand"), "line-width": 3, "line-opacity": 0.55 } },
  ];
}

function points(name) {
  const shared = { type: "circle", source: name, "source-layer": name };
  const cells = { ...shared, id: `${name}-cells`, filter: ["get", "aggregated"], paint: { "circle-color": css("d7"), "circle-opacity": 0.75, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 3, 30, 18] } };
  const exact = Object.entries(KINDS).map(([kind, paint]) => ({ ...shared, id: `${name}-${kind}`, filter: ["==", ["get", "kind"], kind], paint: { "circle-radius": kind === "site" ? 4 : ["interpolate", ["linear"], ["coalesce", ["get", "size"], 0], 0, 4, 16000, 9], "circle-stroke-color": css("surface"), "circle-stroke-width": 1.2, ...named(paint) } }));
  return [cells, ...exact];
}

// One sign a region: its worst level, with how many of it are open.
function worst(rows) {
  const order = { red: 0, yellow: 1, blue: 2 };
  const first = new Map();
  for (const one of [...rows].sort((a, b) => order[a.level] - order[b.level])) if (!first.has(one.code)) first.set(one.code, one);
  return [...first.values()];
}

// County names appear when one looks closer, where the names shown are those of prefectures.
function finer(map, settings) {
  if (settings.below !== "prefecture") return;
  const url = settings.shapes.replace("CODE", settings.region).replace("LEVEL", "county");
  let made = null;
  const follow = async () => {
    const near = map.getZoom() >= 7.6;
    if (near && !made) {
      made = [];
      const known = await json(url);
      for (const { properties: { name, cp } } of known.features) made.push(new maplibre.Marker({ element: label(name, "", true) }).setLngLat(cp).addTo(map));
    }
    for (const one of made ?? []) one.getElement().classList.toggle("az-hidden", !near);
  };
  map.on("zoomend", follow);
}

export async function open(element, settings, lists, moved) {
  maplibre.setWorkerUrl(new URL(settings.worker, location.href).href);
  const names = [...lists.keys()].filter((name) => !settings.signs.includes(name));
  const vector = (name) => ({ type: "vector", tiles: [location.origin + settings.tiles.replace("LAYER", name)], maxzoom: 14 });
  const sources = Object.fromEntries(["province", "prefecture", "county", ...names].map((name) => [name, vector(name)]));
  const outline = await json(settings.outline);
  const map = new maplibre.Map({
    container: element, locale: words(element), attributionControl: false, fadeDuration: 0, dragRotate: false, bounds: bounds(outline), fitBoundsOptions: { padding: 30 },
    style: { version: 8, sources: { ...sources, area: { type: "geojson", data: outline } }, layers: [{ id: "ground", type: "background", paint: { "background-color": css("sunken") } }, ...borders(), ...names.flatMap(points)] },
  });
  map.touchZoomRotate.disableRotation();
  map.on("idle", () => (element.dataset.idle = ""));
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
  await new Promise((done) => map.once("load", done));
  const inner = await json(settings.inside);
  for (const { properties: { name, cp } } of inner.features) new maplibre.Marker({ element: label(name) }).setLngLat(cp).addTo(map);
  finer(map, settings);
  const signs = settings.signs.flatMap((name) => worst(lists.get(name)?.features ?? []).map((one) => ({ name, made: new maplibre.Marker({ element: sign(one), offset: [0, -26] }).setLngLat([one.lon, one.lat]).addTo(map) })));
  const popup = new maplibre.Popup({ closeButton: false, offset: 8 });
  const circles = names.flatMap((name) => Object.keys(KINDS).map((kind) => `${name}-${kind}`));
  map.on("click", circles, (event) => {
    const spot = event.features[0];
    const known = lists.get(spot.source)?.features.find((one) => one.code === spot.properties.code);
    popup.setLngLat(event.lngLat).setDOMContent(card(known ?? spot.properties)).addTo(map);
  });
  map.on("click", names.map((name) => `${name}-cells`), (event) => map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 }));
  map.on("moveend", moved);
  map.on("mousemove", circles, () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", circles, () => (map.getCanvas().style.cursor = ""));
  new ResizeObserver(() => map.resize()).observe(element);
  await new Promise((done) => map.once("idle", done));
  return {
    bounds: () => map.getBounds().toArray().flat(),
    point: (one) => popup.setLngLat([one.lon, one.lat]).setDOMContent(card(one)).addTo(map),
    layers: (chosen) => {
      for (const name of names)
        for (const { id } of map.getStyle().layers.filter((one) => one.source === name)) map.setLayoutProperty(id, "visibility", chosen.includes(name) ? "visible" : "none");
      for (const { name, made } of signs) made.getElement().classList.toggle("az-hidden", !chosen.includes(name));
    },
  };
}
