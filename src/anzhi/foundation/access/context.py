"""The scope itself and where it is kept: free of the database, so that the engine can read it."""

from contextvars import ContextVar
from dataclasses import dataclass

LENGTHS = (2, 4, 6, 9, 12)  # digits of province, prefecture, county, town, village


@dataclass(frozen=True)
class Scope:
    """A prefix of the 12-digit region code ("" is every region) and who works under it."""

    prefix: str
    actor: str = ""

    @property
    def bounds(self) -> tuple[str, str]:
        """The half-open range of codes in collation "C": ':' is the character after '9'."""
        return (self.prefix, self.prefix + ":") if self.prefix else ("0", ":")

    def contains(self, region_code: str) -> bool:
        """Whether a 12-digit code lies inside."""
        return region_code.startswith(self.prefix)


held: ContextVar[Scope | None] = ContextVar("region_scope", default=None)


def current() -> Scope | None:
    """The scope in force, or None."""
    return held.get()
