"""Accounts that fell silent: what happened on them is not known, and is never called idle."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anzhi.foundation.access.context import Scope
from anzhi.foundation.parameters import queries as parameters
from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.states import WATCHED

HOURS = 24


@dataclass(frozen=True)
class Gap:
    """A silent account; `hours` is None where no statement ever came."""

    account: SupervisedAccount
    level: str
    hours: int | None


def gaps(scope: Scope, as_of: date, most: int = 50) -> tuple[list[Gap], int]:
    """The longest silent first, at most so many, and how many there are."""
    limits = {level: _days(level, as_of) for level in ("red", "yellow", "blue")}
    rows = _silent(scope, as_of, limits["blue"])
    shown = rows.select_related("bank", "agency").order_by("covered_until", "region_code", "pk")
    return [_gap(account, as_of, limits) for account in shown[:most]], rows.count()


def count(scope: Scope, as_of: date) -> int:
    """How many accounts are silent."""
    return _silent(scope, as_of, _days("blue", as_of)).count()


def _silent(scope: Scope, as_of: date, days: int) -> QuerySet[SupervisedAccount]:
    last = date.fromordinal(as_of.toordinal() - days)
    late = Q(covered_until=None) | Q(covered_until__lt=last)
    return SupervisedAccount.objects.within(scope).filter(status__in=WATCHED).filter(late)


def _days(level: str, as_of: date) -> int:
    """Whole days that may pass: statements come by day, so hours are counted in days."""
    return int(parameters.value(f"feed_gap.{level}.hours", on=as_of)) // HOURS


def _gap(account: SupervisedAccount, as_of: date, limits: dict[str, int]) -> Gap:
    if account.covered_until is None:
        return Gap(account, "red", None)
    days = (as_of - account.covered_until).days
    level = next(level for level, most in limits.items() if days > most or level == "blue")
    return Gap(account, level, days * HOURS)
