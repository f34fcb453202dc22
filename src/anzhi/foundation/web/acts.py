"""Crumbs and buttons of a page's head, as data."""

from dataclasses import dataclass
from typing import Any

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission


@dataclass(frozen=True)
class Crumb:
    """One step of the way here; without an address it is only a word."""

    label: Any
    url: str = ""


@dataclass(frozen=True)
class Act:
    """A button in a page's head. `kind`: "" plain, "main" the one solid button, "bad" outlined red.

    With `reason` it stands greyed, the reason beside it. With `post` it is a form of its own.
    Without the permission it is not there at all.
    """

    label: Any
    url: str = ""
    icon: str = ""
    kind: str = ""
    permission: Permission | None = None
    reason: Any = ""
    post: bool = False

    def shown_to(self, actor: Actor) -> bool:
        """Whether this person sees the button."""
        return self.permission is None or bool(may(actor, self.permission))
