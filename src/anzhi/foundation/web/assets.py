"""ES modules by name: the import map of the base template. Apps may add theirs."""

import json
from collections.abc import Sequence
from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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
    import_map.cache_clear()


@cache
def import_map() -> str:
    """As the browser reads it: JSON that may stand inside a script. Worked out once: files do not move meanwhile."""
    return json.dumps({"imports": {name: static(path) for name, path in _modules.items()}}).replace("<", "\\u003c")


@cache
def icon(name: str, filled: bool) -> SafeString:
    """The markup of an icon; a page has dozens of them."""
    path = f"vendor/{'icons-filled' if filled else 'icons'}/{name}.svg"
    return format_html('<i class="az-icon" aria-hidden="true" style="--i:url(\'{}\')"></i>', static(path))


@cache
def sheets(paths: Sequence[str]) -> SafeString:
    """Links to style sheets."""
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', ((static(path),) for path in paths))
