// data-theme-switch: light or dark, kept in a cookie so that the server paints the next page right at once.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-switch]")) return;
  const root = document.documentElement;
  const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  root.dataset.bsTheme = theme;
  document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
  document.dispatchEvent(new CustomEvent("anzhi:theme", { detail: theme }));
});
