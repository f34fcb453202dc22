"""What a drawing may name: conditions and effects that apps hand in from their `registrations.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anzhi.foundation.access.actors import Actor


@dataclass(frozen=True)
class Moment:
    """What a condition or an effect is told. `case` is the row; write nothing to it."""

    case: Any
    facts: Mapping[str, Any]
    by: Actor
    step: str
    outcome: str


Condition = Callable[[Moment], bool]
Effect = Callable[[Moment], None]
_conditions: dict[str, tuple[Any, Condition]] = {}
_effects: dict[str, tuple[Any, Effect]] = {}


def condition(name: str, label: Any) -> Callable[[Condition], Condition]:
    """Register a yes-or-no question about a case; `label` (lazy) says it to people."""

    def register(ask: Condition) -> Condition:
        _put(_conditions, name, (label, ask))
        return ask

    return register


def effect(name: str, label: Any) -> Callable[[Effect], Effect]:
    """Register what a decision does. It runs in the transaction of the act: when it raises, nothing has moved."""

    def register(do: Effect) -> Effect:
        _put(_effects, name, (label, do))
        return do

    return register


def holds(name: str, moment: Moment) -> bool:
    """Whether a condition holds; LookupError when nobody registered it."""
    return bool(_found(_conditions, name)[1](moment))


def take_effect(name: str, moment: Moment) -> None:
    """Do it; LookupError when nobody registered it."""
    _found(_effects, name)[1](moment)


def conditions() -> dict[str, Any]:
    """Name → label."""
    return {name: label for name, (label, _ask) in sorted(_conditions.items())}


def effects() -> dict[str, Any]:
    """Name → label."""
    return {name: label for name, (label, _do) in sorted(_effects.items())}


def forget(name: str) -> None:
    """Take a name out again: for tests."""
    _conditions.pop(name, None)
    _effects.pop(name, None)


def _put(known: dict[str, Any], name: str, what: Any) -> None:
    if name in known:
        raise ValueError(f"{name!r} is registered twice")
    known[name] = what


def _found(known: dict[str, Any], name: str) -> Any:
    try:
        return known[name]
    except KeyError:
        raise LookupError(f"nobody registered {name!r}") from None
