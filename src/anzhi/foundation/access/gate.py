"""The question every service asks before it writes: may this actor do that, here?"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission


class HasRegion(Protocol):
    """Anything with a 12-digit region code."""

    @property
    def region_code(self) -> str:
        """The code."""


class Denied(PermissionError):
    """The act is refused; the message is a sentence the page can show."""


@dataclass(frozen=True)
class Answer:
    """Truthy or falsy, with the reason of a no."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.ok


def may(actor: Actor, permission: Permission, on: HasRegion | None = None) -> Answer:
    """Whether `actor` holds `permission`, and `on` (when given) lies in the actor's area.

    Raises TypeError when `on` has no region code: a misused check is never a quiet no.
    """
    if not isinstance(permission, Permission):
        raise TypeError(f"not a permission: {permission!r}")
    if permission not in actor.permissions:
        return Answer(False, _("Your role does not include this act. Ask your security administrator."))
    if on is None:
        return Answer(True)
    code = getattr(on, "region_code", None)
    if code is None:
        raise TypeError(f"{type(on).__name__} has no region code to check against")
    if not code.startswith(actor.prefix):
        return Answer(False, _("This lies outside your area."))
    return Answer(True)


def demand(actor: Actor, permission: Permission, on: HasRegion | None = None) -> None:
    """Raise Denied, with the reason, unless `may` says yes."""
    if not (answer := may(actor, permission, on)):
        raise Denied(answer.reason)
