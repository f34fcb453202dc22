"""Parts that the apps above add to an allocation's page: bank rows, alerts. Plans knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.permissions import Permission
from anzhi.management.plans.models import Allocation


@dataclass(frozen=True)
class Part:
    """A template with what it shows; only for who holds the permission."""

    permission: Permission
    template: str
    context: Callable[[Scope, Allocation], dict[str, Any]]


_parts: list[Part] = []


def register(part: Part) -> None:
    """Add a part; parts stand in the order they were registered."""
    _parts.append(part)


def of(allocation: Allocation, scope: Scope, actor: Actor) -> list[dict[str, Any]]:
    """The parts of an allocation as this person sees them: `template` and its values."""
    return [
        {"template": part.template} | part.context(scope, allocation)
        for part in _parts
        if part.permission in actor.permissions
    ]
