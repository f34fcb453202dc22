"""Who acts: a person at an agency with permissions, or the system."""

from dataclasses import dataclass, field

from anzhi.foundation.access.permissions import Permission


@dataclass(frozen=True)
class Actor:
    """Made from a person's post and grants at each request; never kept in a session.

    `region_code` is the 12-digit code of the agency's region, `prefix` its significant part.
    """

    id: int | None
    name: str
    agency_id: int | None = None
    agency_name: str = ""
    region_code: str = ""
    prefix: str = ""
    roles: tuple[str, ...] = ()
    permissions: frozenset[Permission] = field(default=frozenset(), repr=False)

    @property
    def label(self) -> str:
        """How the trail names the actor."""
        return f"{self.name}（{self.agency_name}）" if self.agency_name else self.name


SYSTEM = Actor(id=None, name="system", permissions=frozenset(Permission))
NOBODY = Actor(id=None, name="")
