"""The check of a stated position against a county, and what is kept of it."""

from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.regions import queries as regions

PLACES = 6  # decimals of a degree: a tenth of a metre


@dataclass(frozen=True)
class Position:
    """A point that was let in: inside, near, or outside with a reason."""

    point: Point
    outside_m: int | None = None
    reason: str = ""


def rounded(lon: float, lat: float) -> Point:
    """The point as it is stored."""
    return Point(round(lon, PLACES), round(lat, PLACES), srid=4326)


def checked(lon: float, lat: float, *, region_code: str, parameter: str, reason: str = "") -> Position:
    """Whether a thing of this region may stand here. Raises ValidationError in words.

    A point that is no place at all is refused in any case; one beyond the tolerance needs a reason.
    """
    tolerance = parameters.value(parameter, on=clock.today(), region_code=region_code)
    verdict = regions.check_point(lon, lat, region_code, float(tolerance))
    if not (verdict.ok or verdict.overridable):
        raise ValidationError({"lon": verdict.sentence()})
    place = rounded(lon, lat)
    if verdict.ok:
        return Position(place, round(verdict.distance_m) if verdict.distance_m else None)
    if len(reason.strip()) < 4:
        advice = _("Correct it, or state the reason why it stands there.")
        raise ValidationError({"lon": f"{verdict.sentence()} {advice}"})
    return Position(place, round(verdict.distance_m or 0) or None, reason.strip())
