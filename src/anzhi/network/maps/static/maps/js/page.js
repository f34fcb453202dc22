// 一张图: vector tiles of every layer, switches, and the rows in view as a list that follows the map.
import { json, webgl } from "anzhi/map-paint";

const root = document.querySelector("[data-map-page]");
const data = JSON.parse(document.getElementById("map-data").textContent);
const place = root.querySelector("[data-canvas]");
const rows = root.querySelector("[data-rows-in-view]");
const count = root.querySelector("[data-count]");
const switches = [...root.querySelectorAll("[data-layer]")];
const MOST = 200;
const lists = new Map();
let view = null;

const chosen = () => switches.filter((box) => box.checked).map((box) => box.dataset.layer);
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name].toLocaleString());

async function load() {
  for (const { dataset } of switches) lists.set(dataset.layer, await json(data.features.replace("LAYER", dataset.layer)).catch(() => null));
}

function inside({ lon, lat }) {
  const box = view?.bounds?.();
  return !box || (lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3]);
}

function row(one) {
  const made = document.createElement("tr");
  const name = made.insertCell();
  const area = made.insertCell();
  const mark = document.createElement("i");
  mark.className = `az-map-mark az-map-${one.kind ?? "site"}`;
  const link = document.createElement(one.url ? "a" : "span");
  if (one.url) link.href = one.url;
  link.textContent = one.words ?? one.name ?? `${one.n}`;
  name.append(mark, link);
  area.textContent = one.area;
  area.className = "az-num";
  made.addEventListener("mouseenter", () => view?.point?.(one));
  return made;
}

export function list() {
  const names = chosen();
  const all = names.flatMap((name) => (lists.get(name)?.features ?? []).map((one) => ({ ...one, layer: name })));
  const seen = all.filter(inside);
  const counted = names.some((name) => lists.get(name)?.aggregated);
  rows.replaceChildren(...seen.slice(0, MOST).map(row));
  const said = [fill(count.dataset.words, { n: seen.length, all: all.length })];
  if (seen.length > MOST) said.push(fill(count.dataset.more, { n: MOST }));
  if (counted) said.push(count.dataset.counted);
  count.textContent = said.join(" ");
}

root.querySelector("[data-find]").addEventListener("submit", (event) => event.preventDefault());
root.querySelector("[data-find] input").addEventListener("change", ({ target }) => {
  const found = [...target.list.options].find((option) => option.value === target.value.trim());
  if (found) location.search = new URLSearchParams({ region: found.dataset.code });
});
for (const box of switches)
  box.addEventListener("change", () => {
    view?.layers?.(chosen());
    list();
  });

await load();
list();
const module = webgl() ? await import("anzhi/map-tiles").catch(() => import("anzhi/map-plain")) : await import("anzhi/map-plain");
const signs = switches.filter((box) => "signs" in box.dataset).map((box) => box.dataset.layer);
view = await module.open(place, { ...data, signs }, lists, list);
view.layers?.(chosen());
list();
root.dataset.ready = "yes";
