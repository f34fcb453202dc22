"""Pure rules of sites: numbers, and what a state of the site demands."""

from collections.abc import Mapping

SERVICES = ("road", "water", "power", "drainage", "telecom", "school", "clinic", "hall")
LIVABLE = ("road", "water", "power")  # nobody moves in before these three work
READY = frozenset({"done", "na"})
NOT_BUILT = "none"


def site_code(project_code: str, number: int) -> str:
    """`53-H-JS-0011-S03`."""
    return f"{project_code}-S{number:02}"


def complete(services: Mapping[str, str]) -> dict[str, str]:
    """Every service with its state; one that was not named is not built. Raises ValueError for an unknown one."""
    unknown = set(services) - set(SERVICES)
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    return {name: services.get(name, NOT_BUILT) for name in SERVICES}


def unready(services: Mapping[str, str], wanted: tuple[str, ...] = SERVICES) -> list[str]:
    """Those of the wanted services that neither work nor are needless."""
    return [name for name in wanted if services.get(name, NOT_BUILT) not in READY]


def share_ready(services: Mapping[str, str]) -> int:
    """Services that work, of those that are needed, in whole per cent; 100 where none is needed."""
    needed = [name for name in SERVICES if services.get(name) != "na"]
    done = sum(services.get(name) == "done" for name in needed)
    return done * 100 // len(needed) if needed else 100
