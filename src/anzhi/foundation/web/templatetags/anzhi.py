"""Formats and components for templates: `{% load anzhi %}`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.secrets import mask
from anzhi.foundation.money import formats
from anzhi.foundation.web import assets, cells, places, words
from anzhi.foundation.web.shell import Shell

register = template.Library()


@register.filter
def money(value: Decimal | None) -> str:
    """Yuan with two decimals: −412,380.00."""
    return cells.NONE if value is None else formats.figure(value)


@register.filter
def signed(value: Decimal | None) -> str:
    """With its sign: +5,400,000.00."""
    return cells.NONE if value is None else formats.signed(value)


@register.filter
def wan(value: Decimal | None) -> str:
    """Ten thousands of yuan, as plans write it: 30,000.00."""
    return cells.NONE if value is None else formats.figure(value / formats.WAN)


@register.filter
def short_money(value: Decimal | None) -> SafeString | str:
    """Figure and small unit for cards, the exact yuan in the title."""
    if value is None:
        return cells.NONE
    figure, unit = words.short_money(value)
    return format_html(
        '<span class="az-money" title="{}">{}<small>{}</small></span>', formats.figure(value), figure, unit
    )


@register.filter
def person(label: str) -> str:
    """Who did it; the system by its own word."""
    return words.person(label)


@register.filter
def in_words(value: Decimal) -> str:
    """Financial capitals."""
    return formats.words(value)


@register.filter
def figure(value: Any, decimals: int = 0) -> str:
    """With thousands."""
    return cells.NONE if value is None else formats.figure(Decimal(str(value)), decimals)


@register.filter
def md(value: date | datetime | None) -> str:
    """A day as prose says it: 11月23日."""
    return cells.NONE if value is None else words.prose_day(value)


@register.filter
def ymd(value: date | datetime | None) -> str:
    """A day as tables say it: 2026-11-23."""
    return cells.NONE if value is None else f"{words.local_day(value):%Y-%m-%d}"


@register.filter
def short_time(value: datetime | None) -> str:
    """11-23 09:42."""
    return cells.NONE if value is None else words.table_time(value)


@register.filter
def age(value: datetime) -> str:
    """How long ago."""
    return words.age(value)


@register.filter
def mask_account(value: Any) -> str:
    """First and last four."""
    return mask(str(value))


@register.filter
def region_name(code: str) -> str:
    """The name of a region."""
    return places.name_of(code)


@register.simple_tag
def icon(name: str, filled: bool = False) -> SafeString:
    """An icon in the colour of the text; it never stands without a word."""
    return assets.icon(name, filled)


@register.simple_tag
def level(name: str, said: Any = None, large: bool = False) -> SafeString:
    """The alert level: `{% level "red" %}` with its word, `{% level "red" "" %}` the shape alone."""
    return cells.level_glyph(name, cells.level_name(name) if said is None else said, large)


@register.simple_tag
def state(kind: str, said: Any) -> SafeString:
    """A state pill: `{% state "run" row.get_state_display %}`."""
    return cells.state_pill(kind, said)


@register.simple_tag
def unknown(reason: Any = "") -> SafeString:
    """Not known, with the reason."""
    return cells.unknown(reason)


@register.simple_tag(takes_context=True)
def allowed(context: dict[str, Any], permission: str) -> bool:
    """Whether the person may: `{% allowed "alert_close" as may_close %}`; with on=row through the gate."""
    return bool(may(context["request"].actor, Permission(permission)))


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """light or dark, from the cookie."""
    return "dark" if context["request"].COOKIES.get("theme") == "dark" else "light"


@register.simple_tag(takes_context=True)
def shell(context: dict[str, Any], counted: bool = True) -> Shell:
    """What surrounds the page."""
    return Shell(context["request"], context.get("page"), counted)


@register.simple_tag(takes_context=True)
def import_map(context: dict[str, Any]) -> SafeString:
    """The map of ES modules, allowed by the nonce of this response."""
    return format_html(
        '<script type="importmap" nonce="{}">{}</script>',
        context["request"].csp_nonce,
        mark_safe(assets.import_map()),  # noqa: S308 — our own static paths, "<" escaped
    )


@register.simple_tag
def sheets(*paths: str) -> SafeString:
    """Links to the style sheets every page has."""
    return assets.sheets(paths)


@register.inclusion_tag("web/ui/fresh.html")
def fresh(at: datetime | None, promised_minutes: int = 60, dead: bool = False) -> dict[str, Any]:
    """How fresh a panel is: amber after its promised age, a ring when the line is dead."""
    late = at is None or (timezone.now() - at).total_seconds() > promised_minutes * 60
    return {"at": at, "kind": "dead" if dead else "old" if late else ""}


@register.inclusion_tag("web/ui/kpi.html")
def kpi(label: Any, value: Any, unit: Any = "", note: Any = "", url: str = "") -> dict[str, Any]:
    """One key figure of a strip; with an address it leads to its rows."""
    return {"label": label, "value": value, "unit": unit, "note": note, "url": url}


@register.inclusion_tag("web/ui/bar.html")
def bar(label: Any, done: Any, plan_percent: int | None = None, percent: int = 0) -> dict[str, Any]:
    """Plan as a mark, done as the fill."""
    return {"label": label, "done": done, "mark": plan_percent, "fill": min(percent, 100), "percent": percent}
