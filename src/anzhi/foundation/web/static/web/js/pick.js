// A chip's or menu's small window (details.az-pick) closes when one looks elsewhere, and by Esc.
const open = () => document.querySelectorAll("details.az-pick[open]");

document.addEventListener("click", (event) => {
  for (const pick of open()) if (!pick.contains(event.target)) pick.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const pick of open()) {
    pick.open = false;
    pick.querySelector("summary").focus();
  }
});
