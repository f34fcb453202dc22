"""How things stand in an area, for the board: which banks are heard, what a county is to get, what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from anzhi.foundation.access.context import Scope
from anzhi.management.plans import queries as plans
from anzhi.management.plans.tables import TO_COUNTY
from anzhi.network.board.place import Place
from anzhi.network.indicators.rules import year_until
from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.queries import STALE_DAYS
from anzhi.supervision.funds.states import WATCHED

NAMED = 3  # silent banks named one by one


@dataclass(frozen=True)
class Bank:
    """A bank with accounts in an area, and until when its statements reach."""

    name: str
    until: date | None
    silent: bool


def banks(scope: Scope, today: date) -> list[Bank]:
    """Banks that hold open accounts of an area, the most silent first. Not heard of is not the same as empty."""
    rows = SupervisedAccount.objects.within(scope).filter(status__in=WATCHED).order_by()
    found = rows.values_list("bank__short_name").annotate(until=Max("covered_until"))
    limit = today - timedelta(days=STALE_DAYS)
    told = [Bank(name, until, until is None or until < limit) for name, until in found]
    return sorted(told, key=lambda bank: (bank.until or date.min, bank.name))


def fresh(place: Place) -> Mapping[str, Any]:
    """Banks that are heard, banks that are silent by name, and accounts whose statements stopped."""
    known = banks(place.scope, place.today)
    silent = [bank for bank in known if bank.silent]
    figure = place.figure("freshness")
    return {
        "heard": len(known) - len(silent),
        "latest": max((bank.until for bank in known if bank.until), default=None),
        "silent": silent[:NAMED],
        "more": max(len(silent) - NAMED, 0),
        "stale": figure.of("stale"),
        "stale_url": place.rows("freshness", "stale"),
    }


def legs(place: Place) -> list[Any]:
    """What a county was to get this year by today, the latest first."""
    year = year_until(place.today)
    rows = plans.allocations(place.prefix).filter(TO_COUNTY, to_region=place.code, is_drill=False)
    return list(rows.filter(due_on__gte=year.first, due_on__lte=year.last).exclude(state="cancelled")[:9])


def accounts(place: Place) -> list[SupervisedAccount]:
    """Its accounts, the fullest first."""
    rows = SupervisedAccount.objects.within(place.scope).filter(status__in=WATCHED).select_related("bank")
    return list(rows.order_by("-balance", "pk")[:8])
