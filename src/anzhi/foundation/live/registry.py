"""The topics there are, and who may follow each. Apps hand theirs in from `registrations.py`."""

import re

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission

NAME = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
OURS = {"hello", "state", "resync", "bye"}  # names the stream uses itself
_topics: dict[str, Permission] = {}


def topic(name: str, permission: Permission) -> None:
    """Declare a topic; only holders of `permission` may follow it."""
    if not NAME.fullmatch(name) or name in OURS:
        raise ValueError(f"not a name for a topic: {name!r}")
    if _topics.setdefault(name, permission) != permission:
        raise ValueError(f"topic {name!r} is registered twice with different permissions")


def permission_of(name: str) -> Permission:
    """What following a topic takes; LookupError when it is not registered."""
    try:
        return _topics[name]
    except KeyError:
        raise LookupError(f"unknown live topic {name!r}: declare it with live.registry.topic() first") from None


def allowed(actor: Actor, wanted: set[str]) -> frozenset[str]:
    """Those of the wanted topics that exist and that the actor may follow."""
    return frozenset(name for name in wanted if name in _topics and may(actor, _topics[name]))
