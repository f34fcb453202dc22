"""The statement line :61: — dates, side, amount, references."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from anzhi.supervision.funds.readers.mt.fields import Field
from anzhi.supervision.funds.readers.problems import refuse
from anzhi.supervision.funds.readers.values import BadValue, mt_amount, mt_date

_LINE = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4}|\s{4})?\s*(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?\s*(?P<amount>[\d,]+)"
    r"\s*(?P<type>[A-Z][A-Z0-9 ]{3})?(?P<refs>.*)",
    re.ASCII | re.DOTALL,
)
CREDIT_MARKS = frozenset({"C", "RD", "EC"})
"""`RC` takes back a credit: money leaves. `RD` takes back a debit: money returns. `EC`, `ED` are expected."""


class Line(NamedTuple):
    """A parsed :61:."""

    value: date
    booked: date
    credit: bool
    amount: Decimal
    reversal: bool
    expected: bool
    reference: str
    bank_ref: str
    more: str


def read_line(field: Field) -> Line:
    """Parse a :61:; a first line that makes no sense alone is tried together with its continuation."""
    found = _LINE.fullmatch(field.lines[0])
    rest = field.lines[1:]
    if found is None:
        found, rest = _LINE.fullmatch(field.text), []
    if found is None:
        raise refuse("mt.line_malformed", field.where, text=field.text[:40])
    try:
        value = mt_date(found["value"])
        amount = mt_amount(found["amount"])
        booked = _entry_date(found["entry"], value)
    except BadValue as problem:
        raise refuse(problem.code, field.where, text=problem.text) from None
    customer, _, bank = found["refs"].partition("//")
    mark = found["mark"]
    return Line(
        value,
        booked,
        mark in CREDIT_MARKS,
        amount,
        mark[0] == "R",
        mark[0] == "E",
        "" if customer.strip() == "NONREF" else customer.strip(),
        bank.strip(),
        " ".join(line.strip() for line in rest).strip(),
    )


@lru_cache(maxsize=4096)
def _entry_date(text: str | None, value: date) -> date:
    """The entry date has no year: it is the year that puts it nearest to the value date."""
    if text is None or not text.strip():
        return value
    years = (value.year - 1, value.year, value.year + 1)
    candidates = [mt_date(f"{year % 100:02d}{text}").replace(year=year) for year in years]
    return min(candidates, key=lambda day: abs(day - value))
