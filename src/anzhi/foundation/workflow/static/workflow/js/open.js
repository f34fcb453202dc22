// A task is marked as seen once its page stands: by a post, since reading never writes.
const form = document.querySelector("form[data-open]");
if (form) fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
