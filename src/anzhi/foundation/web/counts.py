"""Figures beside navigation entries: scoped like any other, all in one statement, asked again after a few seconds."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Value

from anzhi.foundation.access.scope import current

Ask = Callable[[Any], QuerySet[Any] | int | None]  # given the scope: the rows to count, or a number known otherwise
_kept: dict[tuple[str, str], tuple[float, int | None]] = {}
FULL = 10_000  # scopes × entries; beyond it everything is asked anew


def counted(asks: Mapping[str, Ask]) -> dict[str, int | None]:
    """What each answers for the current scope, at most `NAV_COUNT_SECONDS` old. No scope: nothing is known."""
    scope = current()
    if scope is None:
        return {}
    found: dict[str, int | None] = {}
    answers: dict[str, QuerySet[Any] | int | None] = {}
    for name, ask in asks.items():
        at, kept = _kept.get((name, scope.prefix), (float("-inf"), None))
        if time.monotonic() - at < settings.NAV_COUNT_SECONDS:
            found[name] = kept
        else:
            answers[name] = ask(scope)
    rows = {name: answer for name, answer in answers.items() if isinstance(answer, QuerySet)}
    fresh = {name: answer for name, answer in answers.items() if not isinstance(answer, QuerySet)} | _in_one(rows)
    _keep(scope.prefix, fresh)
    return found | fresh


def _in_one(rows: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows of each kind there are, from one statement."""
    if not rows:
        return {}
    one, *others = (
        kind.order_by().values(az_name=Value(name)).annotate(az_count=Count("pk")) for name, kind in rows.items()
    )
    answers = one.union(*others, all=True) if others else one
    return dict.fromkeys(rows, 0) | {answer["az_name"]: answer["az_count"] for answer in answers}


def _keep(prefix: str, fresh: Mapping[str, int | None]) -> None:
    if len(_kept) >= FULL:
        _kept.clear()
    now = time.monotonic()
    _kept.update({(name, prefix): (now, count) for name, count in fresh.items()})
