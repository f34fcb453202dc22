"""Things to be found."""

from anzhi.foundation.search.registry import Found

HERE, NEAR, FOREIGN = "532328000000", "532301000000", "530622000000"


def found(number: int, title: str, region: str = HERE, **more: str) -> Found:
    """One thing."""
    return Found(object_id=str(number), region_code=region, title=title, url=f"/things/{number}/", **more)
