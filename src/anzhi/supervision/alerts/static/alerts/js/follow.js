// An alert changed somewhere in the area: fetch the rows again, as they would be after a reload.
import htmx from "htmx";

let waiting = 0;
document.addEventListener("live:alert", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => htmx.ajax("GET", location.href, { target: "#rows", swap: "outerHTML" }), 150);
});
