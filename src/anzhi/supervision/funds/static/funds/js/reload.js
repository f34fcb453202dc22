// data-reload: what an import changes is fetched again when the server says so. "page" reloads the page of that file.

import "anzhi/live";
import htmx from "htmx";

const place = document.querySelector("[data-reload]");

function heard(event) {
  if (place.dataset.reload === "page") {
    if (String(event.detail.payload.file) === place.dataset.reloadFile) location.reload();
    return;
  }
  htmx.ajax("GET", location.href, { target: place.dataset.reload, swap: "outerHTML" });
}

if (place) {
  for (const topic of place.dataset.live.split(" ")) document.addEventListener(`live:${topic}`, heard);
  document.addEventListener("live:resync", () => location.reload());
}
