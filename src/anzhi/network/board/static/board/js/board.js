// The board: the map of the area, drilling without a reload, keys, the clock, and asking again when something happened.
import { webgl } from "anzhi/map-paint";
import { charts } from "anzhi/board-charts";

const root = document.querySelector("[data-board]");
const place = root.querySelector("[data-map]");
const offset = new Date(root.dataset.now) - Date.now(); // the wall's own clock may be wrong
let data = read(document);
let asked = 0;
let waiting = 0;
let map = null;

function read(source) {
  return JSON.parse(source.getElementById("board-data").textContent);
}

async function start() {
  const flat = () => import("anzhi/map-flat");
  const made = webgl() ? await import("anzhi/map-canvas").catch(flat) : await flat();
  map = await made.open(place, data, (code) => code !== data.region && drill(code));
  root.dataset.ready = "yes";
  await draw();
}

async function draw() {
  const view = data;
  const lists = await Promise.all(view.layers.map((name) => points(view, name)));
  if (map && view === data) await map.show({ ...view, points: lists.flat() });
}

async function points(view, layer) {
  const answer = await fetch(view.features.replace("LAYER", layer));
  if (!answer.ok) return [];
  const found = await answer.json();
  return found.features.map((one) => ({ ...one, layer }));
}

async function go(url, push) {
  const mine = ++asked;
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (mine !== asked) return;
  if (!answer.ok || answer.redirected) return void location.reload(); // logged out, or no longer allowed
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!next.getElementById("board-data")) return void location.reload();
  if (push) history.pushState({}, "", url);
  replace(next);
  data = read(document);
  document.title = next.title;
  charts(root);
  await draw();
}

function replace(next) {
  const before = new Set([...root.querySelectorAll("[data-alert]")].map((row) => row.dataset.alert));
  const same = read(next).region === data.region;
  for (const part of root.querySelectorAll("[data-part]")) {
    const fresh = next.querySelector(`[data-part="${part.dataset.part}"]`);
    if (fresh) part.replaceChildren(...document.importNode(fresh, true).childNodes);
  }
  if (!same) return;
  for (const row of root.querySelectorAll("[data-alert]")) row.classList.toggle("az-bd-new", !before.has(row.dataset.alert));
}

function drill(code) {
  const query = new URLSearchParams(location.search);
  query.set("region", code);
  go(`${location.pathname}?${query}`, true);
}

function up() {
  const above = [...root.querySelectorAll("[data-part=crumb] a[data-drill]")].pop();
  if (above) go(above.href, true);
}

function again() {
  clearTimeout(waiting);
  waiting = setTimeout(() => go(location.href, false), 120);
}

root.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-drill]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href, true);
});
addEventListener("popstate", () => go(location.href, false));
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (event.key.toLowerCase() === "f") document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {});
  else if (event.key === "Escape" && !document.fullscreenElement) up();
});
for (const topic of (root.dataset.live ?? "").split(" ").filter(Boolean)) document.addEventListener(`live:${topic}`, again);
document.addEventListener("live:resync", again);
setInterval(again, 60_000); // a net below the live line
setInterval(() => {
  const now = new Date(Date.now() + offset);
  root.querySelector("[data-clock]").textContent = now.toLocaleTimeString("en-GB", { timeZone: "Asia/Shanghai" });
}, 1000);
new ResizeObserver(() => map?.resize()).observe(place);
charts(root);
start();
