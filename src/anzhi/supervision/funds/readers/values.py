"""Amounts and dates as statement files write them, exact or refused."""

import math
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

_XML_AMOUNT = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII).fullmatch
_MT_AMOUNT = re.compile(r"(?=.*\d)\d*,\d*", re.ASCII).fullmatch
_SHEET_AMOUNT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?", re.ASCII).fullmatch
_DIGIT_LIMIT = 24
"""More digits than any account holds: a wrong column or an attack."""


class BadValue(ValueError):
    """A text that is no amount or no date; `code` names the message."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text[:40]


def xml_amount(text: str) -> Decimal:
    """Read a stripped xs:decimal; all its decimals stay."""
    if not _XML_AMOUNT(text):
        raise BadValue("amount.malformed", text)
    if len(text) > _DIGIT_LIMIT:
        raise BadValue("amount.too_long", text)
    return Decimal(text)


def mt_amount(text: str) -> Decimal:
    """Read a SWIFT amount: a decimal comma always, digits on either side or both (`5,` and `,5`)."""
    if not _MT_AMOUNT(text):
        raise BadValue("amount.malformed", text)
    if len(text) > _DIGIT_LIMIT:
        raise BadValue("amount.too_long", text)
    return Decimal(text.replace(",", "."))


def sheet_amount(cell: object) -> Decimal | None:
    """Read a cell: thousands commas, full-width digits, a sign before or behind; None when it is empty."""
    if isinstance(cell, bool):
        raise BadValue("amount.malformed", str(cell))
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        return _from_float(cell)
    text = squeeze(cell).lstrip("¥$").replace(" ", "")
    if text in ("", "-", "--"):
        return None
    negative = text.startswith(("-", "(")) or text.endswith("-")
    digits = text.strip("+-") if not text.startswith("(") else text.removeprefix("(").removesuffix(")")
    if not any(c.isdigit() for c in digits) or not _SHEET_AMOUNT(digits):
        raise BadValue(
            "amount.decimal_comma" if re.search(r",\d{1,2}$", digits) else "amount.malformed",
            text,
        )
    if len(digits) > _DIGIT_LIMIT:
        raise BadValue("amount.too_long", text)
    value = Decimal(digits.replace(",", ""))
    return -value if negative else value


def _from_float(cell: float) -> Decimal:
    """Take back the number a person typed: a spreadsheet keeps 15 digits of it."""
    if not math.isfinite(cell):
        raise BadValue("amount.malformed", str(cell))
    return Decimal(f"{cell:.15g}")


def squeeze(cell: object) -> str:
    """Text of a cell without tabs, full-width spaces and digits, and NUL, which some banks write and nobody keeps."""
    if cell is None:
        return ""
    text = str(cell).replace("\0", "")
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).replace("\ufeff", "").strip()


@lru_cache(maxsize=4096)
def iso_date(text: str) -> date:
    """Read `2026-10-31`, with or without a zone behind."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise BadValue("date.malformed", text) from None


def iso_moment(text: str) -> datetime:
    """Read `2026-10-31T08:00:00+08:00` as the bank's own clock shows it."""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        raise BadValue("date.malformed", text) from None


@lru_cache(maxsize=4096)
def mt_date(text: str) -> date:
    """Read `YYMMDD`; years 80 to 99 are of the last century. 30 February counts as the month's last day.

    Banks that reckon 30 days a month write such dates (`reference`: the file `february_30.sta` of mt-940).
    """
    if not re.fullmatch(r"\d{6}", text, re.ASCII):
        raise BadValue("date.malformed", text)
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    year += 1900 if year >= 80 else 2000
    if month == 2 and day in (29, 30):
        day = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue("date.malformed", text) from None
