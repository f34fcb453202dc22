"""The region scope: which rows the current work may see, bound to each database transaction.

A scope is a prefix of the 12-digit region code. Without a scope there are no rows at all
(`backend.base` sends it to PostgreSQL, the policies of `operations.RowSecurity` read it).
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection

from anzhi.foundation.access.context import LENGTHS, Scope, current, held

__all__ = ["Scope", "current", "no_scope", "prefix_of", "region_scope", "system_scope"]


def prefix_of(code: str) -> str:
    """The significant part of a 12-digit code: 532328000000 → 532328, 530000000000 → 53.

    Raises ValueError for anything but 12 digits.
    """
    if len(code) != LENGTHS[-1] or not code.isdigit():
        raise ValueError(f"a region code has 12 digits, not {code!r}")
    for length in LENGTHS:
        if set(code[length:]) <= {"0"}:
            return code[:length]
    return code


@contextmanager
def region_scope(prefix: str, actor: str = "") -> Iterator[Scope]:
    """Work under a scope: binds transactions opened inside, re-binds one already open, restores at exit."""
    if prefix and not (prefix.isdigit() and len(prefix) in LENGTHS):
        raise ValueError(f"not a region prefix: {prefix!r}")
    scope = Scope(prefix, actor)
    token = held.set(scope)
    try:
        _rebind()
        yield scope
    finally:
        held.reset(token)
        _rebind()


@contextmanager
def no_scope() -> Iterator[None]:
    """Work as nobody: no row of any region is seen."""
    token = held.set(None)
    try:
        _rebind()
        yield
    finally:
        held.reset(token)
        _rebind()


def system_scope(actor: str = "system") -> AbstractContextManager[Scope]:
    """The scope of jobs: every region. The person who asked is the actor, never the scope."""
    return region_scope("", actor)


def _rebind() -> None:
    if connection.in_atomic_block and not connection.needs_rollback:
        connection.bind_scope()  # type: ignore[attr-defined]  # of our engine
