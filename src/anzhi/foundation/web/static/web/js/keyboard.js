// "/" search, J K rows, Enter opens, Esc back; data-key="A" on a button or link is pressed by that key.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr:not(.az-day)")];

function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.hasAttribute("data-here"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  all[at]?.removeAttribute("data-here");
  next.setAttribute("data-here", "");
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return void (typing(event.target) && event.target.blur());
  if (typing(event.target)) return;
  if (event.key === "j" || event.key === "k") return move(event.key === "j" ? 1 : -1);
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const bound = document.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`);
  if (!bound) return;
  event.preventDefault();
  if (bound.matches("input")) bound.focus();
  else bound.click();
});
