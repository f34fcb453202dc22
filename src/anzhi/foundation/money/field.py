"""The one money field: Decimal yuan in Python, bigint fen in the database."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

FEN = Decimal("0.01")
LIMIT = 2**63


def to_fen(yuan: Decimal | int | str) -> int:
    """Whole fen of an exact amount in yuan.

    Raises ValidationError for a part of a fen, for what is no number, and beyond 2^63 fen.
    """
    try:
        exact = Decimal(yuan)
        if not -LIMIT <= exact * 100 < LIMIT:
            raise ValidationError(_("%(value)s is too large for any account."), params={"value": yuan})
        rounded = exact.quantize(FEN)
    except (ArithmeticError, ValueError) as error:
        raise ValidationError(_("%(value)s is not an amount in yuan."), params={"value": yuan}) from error
    if exact != rounded:  # compared digit by digit: a product of many digits would be rounded unseen
        raise ValidationError(_("%(value)s has a part of a fen; give at most two decimals."), params={"value": yuan})
    return int(rounded.scaleb(2))


def to_yuan(fen: int | Decimal) -> Decimal:
    """Decimal yuan with two decimals from whole fen."""
    return (Decimal(fen) / 100).quantize(FEN)


class MoneyField(models.BigIntegerField):
    """Speaks Decimal yuan, stores bigint fen. Floats are refused (TypeError)."""

    # what the type checker's plugin reads: yuan in, yuan out, where the integer field below says int
    _pyi_private_set_type: Decimal | int | str | Combinable  # type: ignore[assignment]  # see above
    _pyi_private_get_type: Decimal  # type: ignore[assignment]  # see above

    def from_db_value(self, value: Any, *_: Any) -> Decimal | None:
        """Fen from the database (also as a numeric sum) to yuan."""
        return None if value is None else to_yuan(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Yuan from a form or an assignment."""
        if value is None:
            return None
        _no_float(value)
        return to_yuan(to_fen(value))

    def get_prep_value(self, value: Any) -> int | None:
        """Yuan to fen; expressions pass."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        _no_float(value)
        return to_fen(value)


def _no_float(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("money is Decimal yuan, never float")
