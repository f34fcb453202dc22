// data-drop: files dropped on the zone go into its file input; the names stand in [data-drop-names].
const zone = (event) => event.target.closest?.("[data-drop]");

function named(input) {
  const names = input.closest("[data-drop]")?.querySelector("[data-drop-names]");
  if (names) names.textContent = [...input.files].map((file) => file.name).join("，");
}

document.addEventListener("dragover", (event) => {
  if (!zone(event)) return;
  event.preventDefault();
  zone(event).setAttribute("data-over", "");
});
document.addEventListener("dragleave", (event) => zone(event)?.removeAttribute("data-over"));
document.addEventListener("drop", (event) => {
  if (!zone(event)) return;
  event.preventDefault();
  zone(event).removeAttribute("data-over");
  const input = zone(event).querySelector("input[type=file]");
  input.files = event.dataTransfer.files;
  named(input);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-drop] input[type=file]")) named(event.target);
});
