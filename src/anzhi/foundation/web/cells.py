"""How one value stands in a table cell, on screen and in a sheet."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

NONE = "—"
Source = str | Callable[[Any], Any]


def follow(row: Any, source: Source) -> Any:
    """The value at a dotted or double-underscored path, or of a function of the row. None ends the way."""
    if callable(source):
        return source(row)
    value = row
    for step in source.replace("__", ".").split("."):
        value = value.get(step) if isinstance(value, dict) else getattr(value, step, None)
        if value is None:
            return None
    return value() if callable(value) else value


def level_name(level: str) -> str:
    """Red, Yellow, Blue."""
    return {"red": _("Red"), "yellow": _("Yellow"), "blue": _("Blue")}[level]


def level_letter(level: str) -> str:
    """The letter inside the shape."""
    return {"red": _("R"), "yellow": _("Y"), "blue": _("B")}[level]


def level_glyph(level: str, words: Any = None, large: bool = False) -> SafeString:
    """Shape and letter; then `words`. Without words the shape has a label of its own."""
    size = " az-level-lg" if large else ""
    if not words and words != 0:
        return format_html(
            '<span class="az-level az-level-{}{}" role="img" aria-label="{}"><i aria-hidden="true">{}</i></span>',
            level,
            size,
            _("%(level)s alert") % {"level": level_name(level)},
            level_letter(level),
        )
    return format_html(
        '<span class="az-level az-level-{}{}"><i aria-hidden="true">{}</i>{}</span>',
        level,
        size,
        level_letter(level),
        words,
    )


def state_pill(kind: str, words: Any) -> SafeString:
    """A soft pill; `kind`: "" neutral, run, wait, done, bad."""
    return format_html('<span class="az-state{}">{}</span>', mark_safe(f" az-state-{kind}") if kind else "", words)  # noqa: S308 — kinds are ours


def unknown(reason: Any = "") -> SafeString:
    """Not known is not zero."""
    return format_html('<span class="az-unknown" title="{}">{}</span>', reason, _("not known"))
