"""Why this alert: sentences from the stored facts and limits, never from today's."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anzhi.foundation.money import formats
from anzhi.foundation.money.field import to_yuan
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.states import Level

FEN = ("arrived", "spent", "fen", "total", "missing")
BASIS = {"IDLE_FUND": "《预算法》第四十二条", "TRANSFER_LATE": "《预算法》第五十二条"}


def headline(alert: Alert) -> str:
    """The one sentence: who, how much, how long."""
    words = {"agency": alert.facts["agency"], "amount": money(alert.amount), "days": alert.days}
    if alert.type == "IDLE_FUND":
        return _("%(agency)s: %(amount)s arrived and lies unused, %(days)s days") % words
    if alert.days > 0:
        return _("%(agency)s: %(amount)s due to the tier below, %(days)s days overdue") % words
    words["in"] = alert.facts["due_in"]
    return _("%(agency)s: %(amount)s due in %(in)s days, nothing sent yet") % words


def why(alert: Alert) -> str:
    """The paragraph: facts, then the limits that made the level."""
    facts = _words(alert.facts)
    if alert.type == "IDLE_FUND":
        text = _(
            "%(arrived)s arrived on %(since)s in %(account)s (%(document)s). By %(until)s, %(days)s days later, "
            "%(spent)s of it was spent (%(share)s) and %(fen)s lies unused."
        )
        return text % facts + _idle_limits(alert)
    if alert.days <= 0:
        text = _(
            "By %(document)s, %(total)s is to reach the tier below by %(since)s, in %(due_in)s days. By %(until)s, "
            "%(missing)s had not arrived, and of what is due nothing was sent."
        )
        return text % facts + _late_limits(alert)
    text = _(
        "By %(document)s, %(total)s was to reach the tier below by %(since)s. By %(until)s, %(arrived)s had arrived; "
        "%(missing)s is missing in %(legs)s of %(all_legs)s allocations, %(days)s days overdue."
    )
    return text % facts + _late_limits(alert)


def money(yuan: Decimal) -> str:
    """Money in running text of the active language: 3.00 亿元; CNY 300,000,000.00."""
    return formats.phrase(yuan) if _chinese() else f"CNY {formats.figure(yuan)}"


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日" if _chinese() else date_format(day, "j F Y", use_l10n=False)


def _words(facts: Mapping[str, Any]) -> dict[str, Any]:
    fen = {name: money(to_yuan(facts[name])) for name in FEN if name in facts}
    days = {name: _day(facts[name]) for name in ("since", "until") if facts.get(name)}
    return dict(facts) | fen | days | {"share": _share(facts)}


def _share(facts: Mapping[str, Any]) -> str:
    """The share spent, rounded down: what is under a limit never reads as the limit itself."""
    if facts.get("spent") is None:
        return ""
    return f"{Decimal(facts['spent'] * 1000 // facts['arrived']) / 10:.1f}%"


def _limits(alert: Alert) -> dict[str, str]:
    values = {name: Decimal(value) for name, value in alert.limits.items()}
    return {name: _limit(name, value) for name, value in values.items()} | {"level": str(Level(alert.level).label)}


def _limit(name: str, value: Decimal) -> str:
    if name == "share":
        return f"{value * 100:.0f}%"
    return money(value) if name.endswith("amount") else f"{value:.0f}"


def _idle_limits(alert: Alert) -> str:
    text = {
        "red": _(
            " Limits in force: less than %(share)s spent and at least %(amount)s unused; from %(red_days)s days, or "
            "from %(red_large_days)s days and %(red_large_amount)s, it is %(level)s."
        ),
        "yellow": _(
            " Limits in force: less than %(share)s spent and at least %(amount)s unused; from %(yellow_days)s days "
            "it is %(level)s."
        ),
        "blue": _(
            " Limits in force: less than %(share)s spent and at least %(amount)s unused; from %(blue_days)s days "
            "it is %(level)s."
        ),
    }
    return text[alert.level] % _limits(alert)


def _late_limits(alert: Alert) -> str:
    text = {
        "red": _(
            " Limits in force: from %(red_days)s days overdue, or from %(amount_days)s day overdue and "
            "%(red_amount)s, it is %(level)s."
        ),
        "yellow": _(
            " Limits in force: from %(yellow_days)s days overdue, or from %(amount_days)s day overdue and "
            "%(yellow_amount)s, it is %(level)s."
        ),
        "blue": _(
            " Limits in force: from %(blue_days)s day overdue, or %(blue_before)s days before the due date with "
            "nothing sent, it is %(level)s."
        ),
    }
    return text[alert.level] % _limits(alert)
