"""Plans in pure Python: how far an allocation has come, how late it is."""

from datetime import date
from decimal import Decimal


def state_of(amount: Decimal, sent: Decimal, arrived: Decimal) -> str:
    """The state that follows from what the banks have shown (yuan)."""
    if arrived >= amount:
        return "arrived"
    if arrived > 0:
        return "part_arrived"
    if sent >= amount:
        return "sent"
    return "part_sent" if sent > 0 else "approved"


def overdue_days(due_on: date, as_of: date, arrived: Decimal, amount: Decimal) -> int:
    """Calendar days past the due date with money still missing; never negative."""
    return 0 if arrived >= amount else max(0, (as_of - due_on).days)


def normal_document(text: str) -> str:
    """A document number as banks and offices write it, made equal: brackets, spaces, leading zeros.

    云搬发〔2026〕63号, 云搬发[2026]063号 and 云搬发（2026） 63 号 are one document.
    """
    flat = "".join(text.split())
    for mark in "[【(（〔":
        flat = flat.replace(mark, "〔")
    for mark in "]】)）〕":
        flat = flat.replace(mark, "〕")
    head, bracket, tail = flat.partition("〕")
    return head + bracket + tail.lstrip("0第")
