// What stands on a map in HTML: names with figures, signs of alerts. Text, never markup.
export function label(name, words, faint = false) {
  const made = document.createElement("div");
  made.className = faint ? "az-map-name az-map-faint" : "az-map-name";
  made.append(name);
  if (words) {
    const figure = document.createElement("small");
    figure.textContent = words;
    made.append(figure);
  }
  return made;
}

// The words MapLibre itself speaks, from the page: element.dataset.map, .zoomIn, .zoomOut.
export function words({ dataset }) {
  return { "Map.Title": dataset.map ?? "", "NavigationControl.ZoomIn": dataset.zoomIn ?? "", "NavigationControl.ZoomOut": dataset.zoomOut ?? "" };
}

export function sign({ level, letter, n, url, words }) {
  const made = document.createElement("a");
  made.className = `az-map-sign az-level az-level-${level}`;
  made.href = url;
  made.title = words;
  made.setAttribute("aria-label", `${letter}${n > 1 ? n : ""} ${words}`); // what is seen is part of what is said
  const shape = document.createElement("i");
  shape.textContent = letter;
  made.append(shape);
  if (n > 1) {
    const count = document.createElement("b");
    count.textContent = n;
    made.append(count);
  }
  return made;
}

// What a click on a place opens: name, a note, the way to its page.
export function card(one) {
  const made = document.createElement("div");
  made.className = "az-mp-card";
  const name = document.createElement("b");
  name.textContent = one.name ?? one.n;
  made.append(name);
  if (one.note) made.append(one.note, document.createElement("br"));
  if (one.url) {
    const link = document.createElement("a");
    link.href = one.url;
    link.textContent = one.open ?? one.url;
    made.append(link);
  }
  return made;
}
