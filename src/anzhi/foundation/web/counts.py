"""Figures beside navigation entries: scoped like any other, asked again only after a few seconds."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from anzhi.foundation.access.scope import current

_kept: dict[tuple[str, str], tuple[float, int | None]] = {}
FULL = 10_000  # scopes × entries; beyond it everything is asked anew


def count(name: str, ask: Callable[[Any], int | None]) -> int | None:
    """What `ask(scope)` answers for the current scope, at most `NAV_COUNT_SECONDS` old. No scope: not known."""
    scope = current()
    if scope is None:
        return None
    key = (name, scope.prefix)
    at, kept = _kept.get(key, (float("-inf"), None))
    if time.monotonic() - at < settings.NAV_COUNT_SECONDS:
        return kept
    found = ask(scope)
    if len(_kept) >= FULL:
        _kept.clear()
    _kept[key] = (time.monotonic(), found)
    return found
