"""What alerts show on the board: the figure, the live list, the types, the signs on the map, the worst of all."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.regions import queries as regions
from anzhi.foundation.web import cells, words
from anzhi.network.board import registry
from anzhi.network.board.place import Place
from anzhi.network.board.registry import Call, Key, KeyFigure, Note, Panel, Shade, Sign
from anzhi.network.indicators import registry as indicators
from anzhi.network.indicators.queries import Figure
from anzhi.network.indicators.rules import Period
from anzhi.supervision.alerts import explain, queries
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services.news import TOPIC
from anzhi.supervision.alerts.states import Level
from anzhi.supervision.alerts.types.catalogue import TYPES

SHOWN = 7
LEVELS = [level.value for level in Level]


def key(place: Place) -> Key:
    """Open alerts by level."""
    one, found = indicators.get("alerts"), place.figure("alerts")
    value, unit = one.unit.show(found.total)
    notes = [Note("", str(found.of(level)), place.rows("alerts", level), level) for level in LEVELS]
    fresh = place.figure("alerts-raised", _today(place)).total
    notes.append(Note(_("new today"), str(fresh), place.rows("alerts-raised", "", _today(place))))
    return Key(_("Open alerts"), value, unit, place.rows("alerts"), notes=tuple(notes))


def _today(place: Place) -> Period:
    return Period(place.today, place.today)


def newest(place: Place) -> Mapping[str, Any]:
    """The latest open alerts, newest first."""
    rows = queries.open_alerts(place.scope).filter(is_drill=False).order_by("-raised_on", "-raised_at", "-id")
    return {"rows": [told(alert) for alert in rows[:SHOWN]]}


def told(alert: Alert) -> dict[str, Any]:
    """An alert as one row: where and what, how long, how much, when."""
    return {
        "number": alert.number,
        "level": alert.level,
        "head": f"{regions.label(alert.region_code)}·{TYPES[alert.type].label}",
        "note": brief(alert),
        "amount": alert.amount,
        "when": when(alert),
        "at": alert.raised_at,
        "url": reverse("alerts:alert", args=[alert.number]),
    }


def when(alert: Alert) -> str:
    """The time of today, else the day."""
    at = timezone.localtime(alert.raised_at)
    return f"{at:%H:%M}" if at.date() == alert.raised_on == timezone.localdate() else words.table_day(alert.raised_on)


def brief(alert: Alert) -> str:
    """How long, in a few words."""
    if alert.type == "IDLE_FUND":
        return ngettext("arrived and unused for %(n)d day", "arrived and unused for %(n)d days", alert.days) % {
            "n": alert.days
        }
    document = alert.facts.get("document", "")
    if alert.days > 0:
        late = ngettext("%(n)d day overdue", "%(n)d days overdue", alert.days) % {"n": alert.days}
    else:
        due = alert.facts.get("due_in", 0)
        late = ngettext("due in %(n)d day, nothing sent", "due in %(n)d days, nothing sent", due) % {"n": due}
    return f"{document}，{late}" if document else late


def types(place: Place) -> Mapping[str, Any]:
    """Open alerts of each type by level; the red stand at the axis."""
    found = place.figure("alerts-by-type")
    rows: list[dict[str, Any]] = []
    for code, rule in TYPES.items():
        parts = [
            (level, found.of(f"{code}/{level}"), place.rows("alerts-by-type", f"{code}/{level}")) for level in LEVELS
        ]
        total = sum(n for _level, n, _url in parts)
        rows.append({"label": rule.label, "parts": parts, "total": total, "url": place.rows("alerts-by-type", code)})
    most = max((row["total"] for row in rows), default=0)
    for row in rows:
        row["length"] = round(row["total"] * 100 / most, 2) if most else 0
        row["parts"] = [(level, n, round(n * 100 / row["total"], 2), url) for level, n, url in row["parts"] if n]
    levels = place.figure("alerts")
    return {"rows": rows, "levels": [(level, levels.of(level), place.rows("alerts", level)) for level in LEVELS]}


def signs(place: Place) -> Iterable[Sign]:
    """Each unit's worst level, and how many are open there."""
    for code, figure in place.below("alerts").items() if place.units else [(place.code, place.figure("alerts"))]:
        worst = next((level for level in LEVELS if figure.of(level)), "")
        if worst:
            yield Sign(code, worst, figure.total, place.rows("alerts", area=code), _said(code, figure))


def _said(code: str, figure: Figure) -> str:
    counted = [f"{cells.level_name(level)} {figure.of(level)}" for level in LEVELS if figure.of(level)]
    return f"{regions.label(code)}：{'，'.join(counted)}"


def worst(place: Place) -> Call | None:
    """The largest red alert of the place."""
    rows = queries.open_alerts(place.scope).filter(level=Level.RED, is_drill=False).order_by("-amount", "pk")
    alert = rows.first()
    if alert is None:
        return None
    return Call(
        "red",
        f"{_('%(level)s alert') % {'level': cells.level_name(alert.level)}}·{TYPES[alert.type].label}",
        explain.headline(alert),
        reverse("alerts:alert", args=[alert.number]),
        alert.region_code,
        _("Open it to follow the money"),
    )


def define() -> None:
    """Hand them in."""
    seen = Permission.ALERT_VIEW
    registry.key(KeyFigure("alerts", seen, key, order=60))
    registry.shade(Shade("alerts", gettext_lazy("open alerts"), order=40))
    registry.signs(seen, signs)
    registry.call(seen, worst)
    registry.panel(
        Panel(
            "alerts",
            "right",
            lambda place: _("Live alerts"),
            seen,
            "alerts/board/newest.html",
            newest,
            aside=lambda place: _("%(n)d open") % {"n": place.figure("alerts").total},
            weight=1.5,
            topics=(TOPIC,),
            order=10,
        )
    )
    registry.panel(
        Panel(
            "types",
            "right",
            lambda place: _("Open alerts by type"),
            seen,
            "alerts/board/types.html",
            types,
            aside=lambda place: _("%(n)d raised this year") % {"n": place.figure("alerts-raised").total},
            weight=0.62,
            order=20,
        )
    )
