// Follows the topics named by data-live="a b" anywhere on the page, and tells the page by events on document:
// "live:<topic>" with the message as detail, "live:resync" when what is shown must be loaded again.
// Elements with data-live-state say in words how fresh the page is: one child a state, marked data-when.

const REMEMBERED = 500;
const WAIT_OFFLINE = 30000;
const seen = new Set();
let source = null;
let last = "";
let timer = 0;

function topics() {
  const names = [...document.querySelectorAll("[data-live]")].flatMap((e) => e.dataset.live.split(/\s+/));
  return [...new Set(names.filter(Boolean))].sort();
}

function show(state) {
  document.documentElement.dataset.live = state;
  for (const element of document.querySelectorAll("[data-live-state]")) {
    element.classList.toggle("az-fresh-old", state === "connecting" || state === "stale");
    element.classList.toggle("az-fresh-dead", state === "offline");
    for (const words of element.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== state;
  }
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
}

function hear(name, event) {
  if (event.lastEventId) last = event.lastEventId;
  const message = JSON.parse(event.data);
  if (seen.has(message.id)) return;
  seen.add(message.id);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
  tell(name, message);
}

function freshness(event) {
  if (event.lastEventId) last = event.lastEventId;
  show(JSON.parse(event.data).fresh ? "live" : "stale");
}

function close() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function refused() {
  close();
  show("offline");
  timer = setTimeout(open, WAIT_OFFLINE);
}

function lost() {
  if (source?.readyState === EventSource.CLOSED) refused();
  else show("connecting"); // the browser tries again by itself
}

function open() {
  close();
  const names = topics();
  if (!names.length || document.hidden) return;
  show("connecting");
  const query = new URLSearchParams({ topics: names.join(",") });
  if (last) query.set("last", last);
  source = new EventSource(`/live/events?${query}`);
  source.addEventListener("hello", freshness);
  source.addEventListener("state", freshness);
  source.addEventListener("resync", () => tell("resync", {}));
  source.addEventListener("bye", refused);
  source.addEventListener("error", lost);
  for (const name of names) source.addEventListener(name, (event) => hear(name, event));
}

document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
addEventListener("pagehide", close);
addEventListener("pageshow", (event) => event.persisted && open());
open();
