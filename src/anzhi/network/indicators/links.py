"""Addresses of lists: the same total stands below the rows."""

from urllib.parse import urlencode

from anzhi.foundation.web.navigation import address


def rows(url_name: str, area: str, **asked: object) -> str:
    """A list narrowed to an area and to what is asked; what is empty is left out. "" while there is no such page."""
    base = address(url_name)
    query = {"area": area} | {name: str(value) for name, value in asked.items() if value not in ("", None)}
    return f"{base}?{urlencode(query)}" if base else ""
