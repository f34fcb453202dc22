"""Which element of an entry means what. Entries of one bank look alike: it is found out once for each look.

An entry's look is the sequence of its tags. Walking it once, the *contexts* of `names` tell where each leaf
belongs; entries of the same look are then read by position.
"""

from typing import NamedTuple

from anzhi.supervision.funds.readers.camt import slots as s

MOST, LARGE = 64, 400
"""So many looks are remembered of a file, of entries with fewer elements than this: others are walked each time."""
AMOUNTS = (s.AMOUNT, s.TX_AMOUNT)
Context = dict[str, "int | Context"]
"""By tag: the slot of a leaf, or the context that begins with it."""


class Part(NamedTuple):
    """One record: pairs of a slot and the position of the element that fills it, in the order of the file."""

    texts: list[tuple[int, int]]
    amounts: list[tuple[int, int]]
    """Their currency stands in an attribute and goes to the slot behind."""


def layout(tags: tuple[str, ...], entry: Context, status: Context, detail: Context) -> list[Part]:
    """The parts of an entry with these tags: its own first, then one for each detail."""
    context, part = entry, Part([], [])
    parts = [part]
    for at, tag in enumerate(tags):
        found = context.get(tag)
        if isinstance(found, dict):
            context = found
            if found is detail:
                parts.append(part := Part([], []))
            elif found is status:  # the old way: the code stands in the element itself
                part.texts.append((s.STATUS, at))
        elif found is not None:
            (part.amounts if found in AMOUNTS else part.texts).append((found, at))
    return parts
