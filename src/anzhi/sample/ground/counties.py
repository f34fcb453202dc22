"""True counties: their villages, and places inside their borders."""

from collections.abc import Iterable, Iterator
from random import Random

from django.contrib.gis.geos import GEOSGeometry, Point

from anzhi.foundation.regions.models import Band, Boundary, Level, Region

NEAR = 0.13  # degrees: sites lie some ten kilometres from the water
TRIES = 60


class County:
    """One county as the sample uses it."""

    def __init__(self, code: str, shape: GEOSGeometry, villages: list[Region], chance: Random) -> None:
        self.code, self.shape = code, shape
        self.inside = shape.prepared
        self.villages = villages
        chance.shuffle(self.villages)

    def take(self) -> Region:
        """A village that no other site has."""
        return self.villages.pop()

    def place(self, chance: Random, by: Point | None) -> tuple[float, float]:
        """A point inside, close to `by` where that can be."""
        for lon, lat in self._tries(chance, by):
            if self.inside.contains(Point(lon, lat, srid=4326)):
                return round(lon, 6), round(lat, 6)
        inner = self.shape.point_on_surface
        return inner.x, inner.y

    def _tries(self, chance: Random, by: Point | None) -> Iterator[tuple[float, float]]:
        if by is not None:
            for _number in range(TRIES):
                yield chance.gauss(by.x, NEAR), chance.gauss(by.y, NEAR)
        west, south, east, north = self.shape.extent
        for _number in range(TRIES):
            yield chance.uniform(west, east), chance.uniform(south, north)


def counties(codes: Iterable[str], chance: Random) -> dict[str, County]:
    """The wanted ones, with their villages in an order of chance."""
    wanted = sorted(codes)
    shapes = dict(
        Boundary.objects.valid().filter(region_id__in=wanted, band=Band.EXACT).values_list("region_id", "geometry")
    )
    villages: dict[str, list[Region]] = {code: [] for code in wanted}
    for row in Region.objects.valid().filter(level=Level.VILLAGE).select_related("parent__parent").order_by("code"):
        county = row.code[:6] + "000000"
        if county in villages:
            villages[county].append(row)
    return {code: County(code, shapes[code], villages[code], chance) for code in wanted}
