"""Single cells of a sheet: dates, times, account numbers, sides."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from anzhi.supervision.funds.readers.values import BadValue, sheet_amount, squeeze

_DATE = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T\s]*(\d.*))?",
    re.ASCII,
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?|(\d{2})(\d{2})(\d{2})", re.ASCII)
_FLOATED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+", re.ASCII)
_EXACT_DIGITS = 15
"""A spreadsheet keeps this many digits of a number; an account number has more."""


def moment(cell: object) -> tuple[date, time | None]:
    """Date, and time where the cell holds one."""
    if isinstance(cell, datetime):
        return cell.date(), cell.time() if cell.time() != time(0) else None
    if isinstance(cell, date):
        return cell, None
    text = squeeze(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    found = _DATE.fullmatch(text)
    if found is None:
        raise BadValue("date.malformed", text)
    try:
        day = date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    except ValueError:
        raise BadValue("date.malformed", text) from None
    return day, clock(found[6])


def clock(cell: object) -> time | None:
    """A time of day, None where there is none: it is never needed."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    found = _TIME.fullmatch(squeeze(cell))
    if found is None:
        return None
    try:
        hour, minute, second, *_ = [int(part) for part in found.groups() if part] + [0]
        return time(hour, minute, second)
    except ValueError:
        return None


def account(cell: object) -> str:
    """An account number as text; one that a spreadsheet has turned into a number has lost its last digits."""
    if isinstance(cell, float) and cell.is_integer() and cell < 10**_EXACT_DIGITS:
        cell = int(cell)
    text = squeeze(cell)
    digits = isinstance(cell, int | float) and not isinstance(cell, bool)
    if _FLOATED.fullmatch(text) or (digits and len(text) > _EXACT_DIGITS):
        raise BadValue("sheet.account_float", text)
    return text.replace(" ", "").lstrip("'")


def amount(cell: object) -> Decimal | None:
    """An amount, None for an empty cell."""
    return sheet_amount(cell)


CURRENCIES = {
    "人民币": "CNY",
    "人民币元": "CNY",
    "元": "CNY",
    "rmb": "CNY",
    "001": "CNY",
    "01": "CNY",
    "美元": "USD",
    "港币": "HKD",
    "港元": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
    "英镑": "GBP",
}


def currency(cell: object) -> str:
    """The ISO code of a currency that banks write in many ways."""
    text = "".join(squeeze(cell).split())
    if not text:
        return ""
    known = CURRENCIES.get(text.casefold())
    if known:
        return known
    if re.fullmatch(r"[A-Za-z]{3}", text):
        return text.upper()
    raise BadValue("sheet.currency", text)
