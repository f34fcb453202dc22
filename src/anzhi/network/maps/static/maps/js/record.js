// The map on a record: the area to look at is reckoned here, MapLibre or ECharts draws it.
import { bounds, json, webgl } from "anzhi/map-paint";

const LEAST = 0.09; // degrees shown on each side of a single place
const root = document.querySelector("[data-record-map]");

function frame(spots, features) {
  if (!spots.length) return bounds({ features });
  const lons = spots.map((one) => one.lon);
  const lats = spots.map((one) => one.lat);
  const wide = (low, high) => (high - low > LEAST ? [low, high] : [low - LEAST, high + LEAST]);
  const [west, east] = wide(Math.min(...lons), Math.max(...lons));
  const [south, north] = wide(Math.min(...lats), Math.max(...lats));
  return [[west, south], [east, north]];
}

async function start() {
  const data = JSON.parse(document.getElementById("record-map").textContent);
  const collections = await Promise.all(data.shapes.map(json));
  const features = collections.flatMap((one) => one.features);
  const involved = features.filter((one) => data.counties.includes(one.properties.code));
  const view = { ...data, features, involved, box: frame(data.spots, involved) };
  const flat = () => import("anzhi/map-record-flat");
  const module = webgl() ? await import("anzhi/map-record-near").catch(flat) : await flat();
  await module.open(root, root.querySelector("[data-canvas]"), view);
  root.dataset.ready = "yes";
}
start();
