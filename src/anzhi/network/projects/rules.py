"""Pure rules of projects: numbers of the register, the order of dates, levels of water."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

LETTERS = {"hydropower": "H", "pumped_storage": "H", "reservoir": "R", "diversion": "O", "other": "O"}


def code_prefix(kind: str, basin: str) -> str:
    """`53-H-JS-`: province, letter of the kind, basin; XX where the basin is not known."""
    return f"53-{LETTERS[kind]}-{basin or 'XX'}-"


def out_of_order(order: Sequence[str], known: Mapping[str, date], kind: str, on: date) -> str | None:
    """The known milestone that `kind` on this day would contradict: an earlier one later, or a later one earlier."""
    place = order.index(kind)
    for other, day in known.items():
        if other == kind:
            continue
        before = order.index(other) < place
        if (before and day > on) or (not before and day < on):
            return other
    return None


def levels_agree(dead: Decimal | None, normal: Decimal | None, check: Decimal | None) -> bool:
    """Dead level below the normal one, the normal one not above the check flood's; what is unknown agrees."""
    if dead is not None and normal is not None and dead >= normal:
        return False
    return normal is None or check is None or normal <= check


def percent(done: int | Decimal | None, plan: int | Decimal | None) -> int | None:
    """Done of plan in whole per cent; None when either is not known or nothing was planned."""
    if done is None or not plan:
        return None
    return int(done * 100 / plan)
