"""A kind of things to be found, for one test."""

from collections.abc import Iterator

import pytest

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.search import registry
from anzhi.foundation.search.registry import Found


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Found]]:
    """What the kinds `place` (for all) and `purse` (money people) hand in; nothing else is known."""
    monkeypatch.setattr(registry, "_kinds", {})
    rows: list[Found] = []
    registry.register("place", label="Place", icon="map-pin", permission=Permission.SITE_VIEW, rows=lambda: rows)
    registry.register("purse", label="Purse", icon="wallet", permission=Permission.TRANSACTION_VIEW, rows=list)
    yield rows
