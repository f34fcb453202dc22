"""The figures there are. The app that owns the rows hands each in, once, from its `registrations.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.network.indicators.rules import ALWAYS, Period
from anzhi.network.indicators.units import Unit

TIERS = ("province", "prefecture", "county")
RowsUrl = Callable[[str, str, Period], str]  # 12-digit code, part or "", period → list with the same total


@dataclass(frozen=True)
class Indicator:
    """A measure. `rows` is SQL giving `region_code`, `part`, `day` (or NULL) and `value` (a whole number: fen,
    pieces, people); it may use `%(low)s`, `%(high)s` (bounds of the area) and `%(today)s`.

    `kept`: answered from the roll-up, which follows the rows by `services.refresh`; otherwise from the rows.
    `shared`: a row may belong to several regions; then `rows` also gives `key`, and each key counts once.
    """

    code: str
    name: Any
    unit: Unit
    formula: Any
    source: Any
    permission: Permission
    rows: str
    url: RowsUrl
    parts: dict[str, Any] = field(default_factory=dict)
    better: str = ""  # "more", "less" or neither
    tiers: tuple[str, ...] = TIERS
    kept: bool = False
    shared: bool = False
    period: Callable[[Any], Period] = lambda today: ALWAYS
    order: int = 50

    @property
    def direction(self) -> Any:
        """Whether more is better, in words."""
        return {"more": _("more is better"), "less": _("less is better")}.get(self.better, _("neither"))


_indicators: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Define a figure; the same code twice is a mistake."""
    if indicator.code in _indicators:
        raise ValueError(f"indicator {indicator.code!r} is defined twice")
    _indicators[indicator.code] = indicator
    return indicator


def get(code: str) -> Indicator:
    """A figure by its code; KeyError where nobody defined it."""
    return _indicators[code]


def known(code: str) -> bool:
    """Whether somebody defined it."""
    return code in _indicators


def kept() -> list[Indicator]:
    """Those answered from the roll-up."""
    return [one for one in _indicators.values() if one.kept]


def open_to(actor: Actor) -> list[Indicator]:
    """Those a person may see, in order."""
    found = [one for one in _indicators.values() if one.permission in actor.permissions]
    return sorted(found, key=lambda one: (one.order, one.code))
