"""Whether a case's log is whole: every entry chained to the one before, and the case knows the last."""

from anzhi.foundation.workflow.engine.work import told
from anzhi.foundation.workflow.models import Case
from anzhi.foundation.workflow.queries import trail
from anzhi.foundation.workflow.rules import chain


def broken_at(case: Case) -> int | None:
    """The number of the first entry that is missing, changed or added; None when the log is whole."""
    entries = [(entry.number, bytes(entry.hash), told(entry)) for entry in trail(case).iterator()]
    if (found := chain.broken_at(entries)) is not None:
        return found
    last = entries[-1][1] if entries else chain.START
    if len(entries) != case.entries or last != bytes(case.head):
        return len(entries) + 1
    return None
