"""Counties to choose from."""

from anzhi.foundation.regions import queries as regions


def counties(prefix: str = "53") -> list[tuple[str, str]]:
    """Code and name of the counties inside an area, by code; a county's own is itself."""
    rows = regions.inside(prefix or "53", "county").order_by("code").values_list("code", "short_name")
    return list(rows)
