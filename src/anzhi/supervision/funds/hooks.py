"""What happens to bank rows after they are stored, in the same transaction: matching, alert rules.

The apps above register here from their `registrations.py`; funds knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Landed:
    """What an import brought. `transactions` are found by `Transaction.file_id == file`."""

    file: int
    accounts: tuple[int, ...]
    """Accounts with a statement in the file, also where it brought no row: their coverage may have grown."""
    added: int
    days: tuple[date, date] = (date.min, date.max)
    """The first and the last day of its booked rows."""


Hook = Callable[[Landed], int]
_hooks: list[tuple[int, Hook]] = []


def after_import(hook: Hook, order: int = 50) -> Hook:
    """Call `hook` after each import, low `order` first; it answers how many alerts it raised."""
    _hooks.append((order, hook))
    _hooks.sort(key=lambda known: known[0])
    return hook


def run(landed: Landed) -> int:
    """Call them all; the sum of alerts raised."""
    return sum(hook(landed) for _, hook in _hooks)
