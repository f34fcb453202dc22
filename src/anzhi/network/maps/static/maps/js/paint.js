// Colours of the present theme, and JSON from our own addresses, each asked once.
const asked = new Map();

const themed = () => document.querySelector("[data-map-theme]") ?? document.documentElement;
export const css = (name) => getComputedStyle(themed()).getPropertyValue(`--az-${name}`).trim();
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

export function json(url) {
  if (!asked.has(url)) {
    const answer = fetch(url, { headers: { Accept: "application/json" } }).then((r) => (r.ok ? r.json() : Promise.reject(new Error(`${r.status} ${url}`))));
    asked.set(url, answer);
    answer.catch(() => asked.delete(url));
  }
  return asked.get(url);
}

export function bounds(collection) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of collection.features)
    for (const polygon of geometry.coordinates)
      for (const [x, y] of polygon[0]) {
        if (x < box[0]) box[0] = x;
        if (y < box[1]) box[1] = y;
        if (x > box[2]) box[2] = x;
        if (y > box[3]) box[3] = y;
      }
  return [[box[0], box[1]], [box[2], box[3]]];
}

// Five steps from little to much; areas without a figure have none.
export function steps(values) {
  const known = Object.values(values).map((one) => one.v).filter((v) => v > 0).sort((a, b) => a - b);
  const at = (share) => known[Math.min(known.length - 1, Math.floor(share * known.length))];
  const edges = known.length ? [at(0.2), at(0.4), at(0.6), at(0.8)] : [];
  return (v) => (v > 0 ? 1 + edges.filter((edge) => v >= edge && edge > known[0]).length : 0);
}

export function webgl() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}
