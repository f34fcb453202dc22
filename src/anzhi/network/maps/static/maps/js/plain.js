// The page's map where WebGL2 is missing: the flat map of the same area; the list stands for what it cannot do.
import { open as flat } from "anzhi/map-flat";

export async function open(element, settings, lists) {
  const map = await flat(element, settings, (code) => (location.search = new URLSearchParams({ region: code })));
  const names = {};
  const draw = (chosen) => {
    const shown = chosen.filter((name) => !settings.signs.includes(name));
    const points = shown.flatMap((name) => (lists.get(name)?.features ?? []).map((one) => ({ ...one, layer: name })));
    return map.show({ ...settings, values: {}, names, signs: [], hot: [], points });
  };
  const parts = await fetch(settings.inside).then((answer) => answer.json());
  for (const { properties } of parts.features) names[properties.code] = properties.name;
  return { layers: draw };
}
