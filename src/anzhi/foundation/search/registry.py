"""The kinds of things that can be found. Apps hand theirs in from `registrations.py`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission


@dataclass(frozen=True)
class Found:
    """What an app hands in about one thing. `text` is found but not shown: codes, old names, aliases."""

    object_id: str
    region_code: str
    title: str
    url: str
    note: str = ""
    text: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind: its name for people, its icon, who may find it, and where its rows come from."""

    name: str
    label: str | Promise
    icon: str
    permission: Permission
    rows: Callable[[], Iterable[Found]]


_kinds: dict[str, Kind] = {}


def register(
    name: str, *, label: str | Promise, icon: str, permission: Permission, rows: Callable[[], Iterable[Found]]
) -> None:
    """Declare a kind. `rows` yields everything there is of it, in system scope."""
    if name in _kinds:
        raise ValueError(f"search kind {name!r} is registered twice")
    _kinds[name] = Kind(name, label, icon, permission, rows)


def kind(name: str) -> Kind:
    """A kind by name; LookupError when nobody declared it."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"unknown search kind {name!r}: declare it with search.registry.register()") from None


def names() -> list[str]:
    """All kinds, in the order they were declared."""
    return list(_kinds)


def open_to(actor: Actor) -> list[Kind]:
    """The kinds this actor may find."""
    return [known for known in _kinds.values() if may(actor, known.permission)]
