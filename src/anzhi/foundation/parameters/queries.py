"""Reads of parameters: what holds, where, on which day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from anzhi.foundation.access.context import Scope
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.foundation.parameters.rules import Setting, Settings, Unset


def settings_on(on: date, *prefixes: str) -> Settings:
    """Everything that holds on a day, of codes with one of these beginnings, in one query: for pages and rule runs."""
    wanted = reduce(or_, (Q(code__startswith=prefix) for prefix in prefixes), Q())
    rows = RuleParameter.objects.filter(_holds(on), wanted)
    fields = rows.values_list("code", "value", "text", "unit", "scope", "key")
    return Settings(tuple(Setting(*row) for row in fields))


def value(code: str, *, on: date, region_code: str = "", key: str = "") -> Decimal:
    """The number that holds; the most specific scope wins, then the key. Raises Unset when there is none."""
    return settings_on(on, code).value(code, region_code, key)


def text(code: str, *, on: date, region_code: str = "", key: str = "") -> str:
    """The text that holds. Raises Unset when there is none."""
    return settings_on(on, code).text(code, region_code, key)


def named(codes: Iterable[str], *, on: date) -> dict[str, Decimal]:
    """The numbers of these codes that hold everywhere, in one query. Raises Unset when one is missing."""
    asked = set(codes)
    rows = RuleParameter.objects.filter(_holds(on), code__in=asked, scope="", key="")
    found = {code: value for code, value in rows.values_list("code", "value") if value is not None}
    if missing := sorted(asked - found.keys()):
        raise Unset(f"no value of parameters {missing} holds on {on}")
    return found


def current(on: date) -> QuerySet[RuleParameter]:
    """What holds on a day, as rows."""
    return RuleParameter.objects.filter(_holds(on))


def listed(scope: Scope | None) -> QuerySet[RuleParameter]:
    """What holds today for an area, above it and inside it."""
    prefix = scope.prefix if scope else ""
    above = [prefix[:length] for length in range(len(prefix) + 1)]
    return current(clock.today()).filter(Q(scope__in=above) | Q(scope__startswith=prefix))


def parameter(scope: Scope | None, number: int) -> RuleParameter | None:
    """One value, past and planned ones too, of an area, above it or inside it."""
    row = RuleParameter.objects.filter(pk=number).first()
    prefix = scope.prefix if scope else ""
    return row if row and (prefix.startswith(row.scope) or row.scope.startswith(prefix)) else None


def history(parameter: RuleParameter) -> QuerySet[RuleParameter]:
    """Every value of the same parameter, region and kind, newest first."""
    same = {"code": parameter.code, "key": parameter.key, "scope": parameter.scope}
    return RuleParameter.objects.filter(**same).order_by("-valid_from")


def _holds(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))
