"""ES modules by name: the import map of the base template. Apps may add theirs."""

from django.templatetags.static import static

_modules: dict[str, str] = {
    "htmx": "vendor/htmx/htmx.esm.min.js",
    **{
        f"anzhi/{name}": f"web/js/{name}.js"
        for name in ("theme", "keyboard", "pick", "dialogs", "drop", "amount", "once", "partial")
    },
}


def register(name: str, path: str) -> None:
    """Let other modules import `name`; `path` is a static path."""
    _modules[name] = path


def import_map() -> dict[str, dict[str, str]]:
    """As the browser reads it."""
    return {"imports": {name: static(path) for name, path in _modules.items()}}
