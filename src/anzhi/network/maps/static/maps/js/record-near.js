// The map of a record with MapLibre: borders from tiles, its counties tinted, each place a button with a card.
import * as maplibre from "maplibre-gl";
import { css } from "anzhi/map-paint";
import { card, label, words } from "anzhi/map-marks";

const MANY = 60;

function layers(counties) {
  const involved = { source: "county", "source-layer": "county", filter: ["in", ["get", "code"], ["literal", counties]] };
  const line = (name, color, width) => ({ id: name, type: "line", source: name, "source-layer": name, paint: { "line-color": css(color), "line-width": width } });
  return [
    { id: "ground", type: "background", paint: { "background-color": css("sunken") } },
    { id: "land", type: "fill", source: "province", "source-layer": "province", paint: { "fill-color": css("surface") } },
    { ...involved, id: "tint", type: "fill", paint: { "fill-color": css("brand-soft") } },
    line("county", "line-2", 1), line("prefecture", "control", 1.4), line("province", "brand", 2),
    { ...involved, id: "edge", type: "line", paint: { "line-color": css("brand"), "line-width": 1.4 } },
  ];
}

function button(root, one) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `az-rm-spot az-rm-${one.mark}${one.own ? " az-rm-own" : ""}`;
  made.title = one.name;
  made.setAttribute("aria-label", one.name);
  made.append(root.querySelector(`[data-mark=${one.mark}]`).content.cloneNode(true));
  return made;
}

export async function open(root, element, view) {
  maplibre.setWorkerUrl(new URL(view.worker, location.href).href);
  const vector = (name) => ({ type: "vector", tiles: [location.origin + view.tiles.replace("LAYER", name)], maxzoom: 14 });
  const sources = Object.fromEntries(["province", "prefecture", "county"].map((name) => [name, vector(name)]));
  const map = new maplibre.Map({
    container: element, locale: words(element), attributionControl: false, fadeDuration: 0, dragRotate: false, cooperativeGestures: false, scrollZoom: false,
    bounds: view.box, fitBoundsOptions: { padding: 56, maxZoom: 11 }, style: { version: 8, sources, layers: layers(view.counties) },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
  root.classList.toggle("az-rm-many", view.spots.length > MANY);
  for (const { properties: { code, name, cp } } of view.features) new maplibre.Marker({ element: label(name, "", !view.counties.includes(code)) }).setLngLat(cp).addTo(map);
  const popup = new maplibre.Popup({ closeButton: false, offset: 18 });
  for (const one of [...view.spots].reverse()) {
    const made = button(root, one);
    made.addEventListener("click", (event) => {
      event.stopPropagation();
      popup.setLngLat([one.lon, one.lat]).setDOMContent(card({ ...one, open: element.dataset.open })).addTo(map);
    });
    new maplibre.Marker({ element: made }).setLngLat([one.lon, one.lat]).addTo(map);
    if (one.own) new maplibre.Marker({ element: label(one.name), anchor: "bottom", offset: [0, -20] }).setLngLat([one.lon, one.lat]).addTo(map);
  }
  new ResizeObserver(() => map.resize()).observe(element);
  await new Promise((done) => map.once("idle", done));
}
