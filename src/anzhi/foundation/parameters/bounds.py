"""What a value may be at all: apps hand in bounds for the parameters by which they would else be broken."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Bounds:
    """A whole number from `low` to `high` that is the same everywhere."""

    low: Decimal
    high: Decimal


_bounds: dict[str, Bounds] = {}


def register(bounds: Mapping[str, Bounds]) -> None:
    """Hold values of these codes to their bounds."""
    _bounds.update(bounds)


def check(code: str, value: Decimal | None, scope: str) -> None:
    """Raise ValidationError for a value that cannot be, or for one region where there is one value for all."""
    bounds = _bounds.get(code)
    if bounds is None:
        return
    if scope:
        raise ValidationError({"scope": _("This parameter is the same everywhere; no region has a value of its own.")})
    if value is None or value != int(value) or not bounds.low <= value <= bounds.high:
        words = _("Give a whole number from %(low)s to %(high)s.") % {"low": bounds.low, "high": bounds.high}
        raise ValidationError({"value": words})
