// After a list was narrowed in place: the file links in the head must ask for the same rows as the list shows.
document.addEventListener("htmx:after:history:update", () => {
  for (const link of document.querySelectorAll("a[data-sheet]")) {
    const asked = new URLSearchParams(location.search);
    for (const place of ["page", "after", "before"]) asked.delete(place);
    asked.set("export", link.dataset.sheet);
    link.href = `?${asked}`;
  }
});
