// data-dialog="#id" opens that <dialog>; a button with value "cancel" inside it closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.querySelector(opener.dataset.dialog)?.showModal();
  const closer = event.target.closest("dialog button[value=cancel]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});
