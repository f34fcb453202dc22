"""A port for names of regions: `regions` fills it, pages and filters read it."""

from collections.abc import Callable

_ports: dict[str, Callable[[str], object]] = {}


def register(name_of: Callable[[str], str], options: Callable[[str], list[tuple[str, str]]]) -> None:
    """`name_of(code)` → the region's name; `options(prefix)` → (code, name) of the regions a filter offers."""
    _ports["name_of"], _ports["options"] = name_of, options


def name_of(code: str) -> str:
    """The name of a region, or its code while nobody knows names."""
    return str(_ports["name_of"](code)) if "name_of" in _ports else code


def options(prefix: str) -> list[tuple[str, str]]:
    """Regions to choose from below a prefix."""
    found = _ports["options"](prefix) if "options" in _ports else []
    return list(found)  # type: ignore[call-overload]  # the port's own type, checked at registration
