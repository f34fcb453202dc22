"""Money as it is typed."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.web.fields import MoneyInput, Reason


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [("4,120,000.00", "4120000"), ("4，120，000", "4120000"), (" 0.01 ", "0.01"), ("-5", "-5"), ("0", "0")],
)
def test_amounts(typed: str, yuan: str) -> None:
    assert MoneyInput().clean(typed) == Decimal(yuan)


@pytest.mark.parametrize("typed", ["", "viel", "1e400", "NaN", "Infinity", "0.001", "10000000000000", "1 2 x"])
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyInput().clean(typed)


def test_an_optional_amount_may_be_missing() -> None:
    assert MoneyInput(required=False).clean("") is None


@pytest.mark.parametrize("typed", ["", "好", "x" * 501])
def test_a_reason_is_a_reason(typed: Any) -> None:
    with pytest.raises(ValidationError):
        Reason().clean(typed)
