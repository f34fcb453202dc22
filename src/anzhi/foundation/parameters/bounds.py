"""What a value may be at all: apps hand in bounds for the parameters by which they would else be broken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Bounds:
    """A whole number from `low` to `high` that is the same everywhere."""

    low: Decimal
    high: Decimal
    everywhere = True

    def check(self, value: Decimal | None, text: str) -> None:
        """Raise ValidationError for any other."""
        if value is None or value != int(value) or not self.low <= value <= self.high:
            words = _("Give a whole number from %(low)s to %(high)s.") % {"low": self.low, "high": self.high}
            raise ValidationError({"value": words})


@dataclass(frozen=True)
class Written:
    """A text that `read` understands (it raises ValueError for others), such as `example`."""

    read: Callable[[str], object]
    example: str
    everywhere: bool = False

    def check(self, value: Decimal | None, text: str) -> None:
        """Raise ValidationError for what cannot be read."""
        try:
            self.read(text)
        except ValueError as wrong:
            words = _("This cannot be read. Write it like %(example)s.") % {"example": self.example}
            raise ValidationError({"value": words}) from wrong


_bounds: dict[str, Bounds | Written] = {}


def register(bounds: Mapping[str, Bounds | Written]) -> None:
    """Hold values of these codes to their bounds."""
    _bounds.update(bounds)


def check(code: str, value: Decimal | None, text: str, scope: str) -> None:
    """Raise ValidationError for a value that cannot be, or for one region where there is one value for all."""
    bounds = _bounds.get(code)
    if bounds is None:
        if value is not None and value < 0:
            raise ValidationError({"value": _("A parameter is never below zero.")})
        return
    if scope and bounds.everywhere:
        raise ValidationError({"scope": _("This parameter is the same everywhere; no region has a value of its own.")})
    bounds.check(value, text)
