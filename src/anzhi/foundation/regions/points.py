"""What can be said of a point that claims to lie in a county."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Kind(StrEnum):
    """Verdicts; the first two are good."""

    INSIDE = "inside"
    NEAR = "near"
    OUTSIDE_COUNTY = "outside_county"
    OUTSIDE_PROVINCE = "outside_province"
    SWAPPED = "swapped"
    NULL_ISLAND = "null_island"
    IMPOSSIBLE = "impossible"
    NO_BOUNDARY = "no_boundary"


SHIFT_NAMES = {"gcj02": "GCJ-02", "bd09": "BD-09"}


@dataclass(frozen=True)
class Verdict:
    """The kind, how far outside, where it really lies, and what it may have been meant to be."""

    kind: Kind
    distance_m: float | None = None
    found: str | None = None
    found_label: str = ""
    shift: str = ""
    suggested: tuple[float, float] | None = None

    @property
    def ok(self) -> bool:
        """Inside, or within the tolerance; all else needs a stated reason or a correction."""
        return self.kind in {Kind.INSIDE, Kind.NEAR}

    @property
    def overridable(self) -> bool:
        """A reason can stand for a point beyond the county, never for one that is no place."""
        return self.kind in {Kind.OUTSIDE_COUNTY, Kind.OUTSIDE_PROVINCE, Kind.NO_BOUNDARY}

    def sentence(self) -> str:
        """The verdict in words, with what helps to mend it."""
        facts = {
            "km": f"{(self.distance_m or 0) / 1000:.1f}",
            "where": self.found_label,
            "system": SHIFT_NAMES.get(self.shift, ""),
        }
        parts = [_SENTENCES[self.kind]() % facts]
        if self.found_label and self.kind in {Kind.OUTSIDE_COUNTY, Kind.NEAR}:
            parts.append(_("It lies in %(where)s.") % facts)
        if self.shift:
            parts.append(_("Read as %(system)s it would lie inside: it may come from a commercial map.") % facts)
        return " ".join(parts)


_SENTENCES = {
    Kind.INSIDE: lambda: _("The point lies in the stated county."),
    Kind.NEAR: lambda: _("The point lies %(km)s km outside the stated county, within the tolerance."),
    Kind.OUTSIDE_COUNTY: lambda: _("The point lies %(km)s km outside the stated county."),
    Kind.OUTSIDE_PROVINCE: lambda: _("The point lies outside the province, %(km)s km from the stated county."),
    Kind.SWAPPED: lambda: _("Longitude and latitude seem to be swapped."),
    Kind.NULL_ISLAND: lambda: _("Longitude and latitude are both zero: the position is missing."),
    Kind.IMPOSSIBLE: lambda: _("These are no degrees of longitude and latitude."),
    Kind.NO_BOUNDARY: lambda: _("No boundary of this region is loaded, so the point cannot be checked."),
}
