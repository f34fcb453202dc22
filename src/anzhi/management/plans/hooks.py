"""What follows when a sheet of allocations is taken over. The apps above register here; plans knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """A sheet of allocations that was taken over; its rows are found by `Allocation.file_id == file`."""

    file: int
    rows: int


Hook = Callable[[Taken], None]
_hooks: list[Hook] = []


def after_allocations(hook: Hook) -> Hook:
    """Call `hook` in the transaction that takes a sheet over: long work is enqueued there, not done."""
    _hooks.append(hook)
    return hook


def run(taken: Taken) -> None:
    """Call them all."""
    for hook in _hooks:
        hook(taken)
