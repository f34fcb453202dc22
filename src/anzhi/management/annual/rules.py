"""Annual plans in pure Python: rates, and what an edition changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
TENTH = Decimal("0.1")


def rate(done: Decimal | int, plan: Decimal | int) -> Decimal | None:
    """Completion in per cent, to one decimal, half up; None where nothing was planned. More than 100 is allowed."""
    return (Decimal(done) * 100 / Decimal(plan)).quantize(TENTH, ROUND_HALF_UP) if plan else None


def quarters_agree(quantity: Decimal, quarters: Iterable[Decimal]) -> bool:
    """Whether four quarters make the year."""
    return sum(quarters, ZERO) == quantity


@dataclass(frozen=True)
class Figures:
    """What an edition says of a task: quantity (its unit) and investment (yuan)."""

    quantity: Decimal
    investment: Decimal


@dataclass(frozen=True)
class Change:
    """A task before and after; None where the edition does not have it."""

    key: int
    before: Figures | None
    after: Figures | None

    @property
    def kind(self) -> str:
        """added, removed, changed or same."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "same" if self.before == self.after else "changed"

    @property
    def difference(self) -> Figures:
        """After less before; a missing side is nothing."""
        after, before = self.after or NOTHING, self.before or NOTHING
        return Figures(after.quantity - before.quantity, after.investment - before.investment)


NOTHING = Figures(ZERO, ZERO)


def compared(before: Mapping[int, Figures], after: Mapping[int, Figures]) -> list[Change]:
    """Every task of either edition, in the order of the new one, then what it left out."""
    keys = [*after, *(key for key in before if key not in after)]
    return [Change(key, before.get(key), after.get(key)) for key in keys]


def below_done(after: Mapping[int, Figures], done: Mapping[int, Figures]) -> list[int]:
    """Tasks that an adjustment would plan lower than what is confirmed as done, or leave out."""
    found = []
    for key, have in done.items():
        planned = after.get(key, NOTHING)
        if planned.quantity < have.quantity or planned.investment < have.investment:
            found.append(key)
    return found
