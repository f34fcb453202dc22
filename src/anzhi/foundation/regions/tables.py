"""The list of regions."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.regions import codes, queries
from anzhi.foundation.regions.models import Level, Region
from anzhi.foundation.web.columns import Date, Figure, Link, State, Text
from anzhi.foundation.web.filters import Ask, Choice, Filters, Search
from anzhi.foundation.web.filters import Region as Area
from anzhi.foundation.web.tables import Table

IN_FORCE, CLOSED = "open", "closed"


def path_above(row: Region) -> str:
    """Where it lies, for the grey second line."""
    return " › ".join(unit.label for unit in queries.ancestors(row.code)[1:])


def in_force(row: Region) -> str:
    """Whether it still stands."""
    return IN_FORCE if row.valid_to is None else CLOSED


def successor(row: Region) -> str:
    """The unit that followed it."""
    return row.successor.title if row.successor else ""


class RegionTable(Table):
    """Name and place, code, what is below, whether in force."""

    order = "code"
    name = Link(_("Region name"), "title", url="regions:region", key="code", note=path_above)
    code = Text(_("Code"), sort="code")
    level = Text(_("Tier"), "get_level_display")
    below = Figure(_("Units below"), phone="hide")
    area_km2 = Figure(_("Land area"), unit="km²", phone="more", drop=True)
    validity = State(
        _("Validity"), in_force, kinds={IN_FORCE: "done"}, labels={IN_FORCE: _("In force"), CLOSED: _("Dissolved")}
    )
    valid_to = Date(_("Dissolved on"), phone="more", drop=True)
    successor = Text(_("Successor"), successor, phone="more", drop=True)


class NameOrCode(Search):
    """Part of a name, or the start of a code as people write it."""

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """By either."""
        digits = "".join(value.translate(codes.FULL_WIDTH).split())
        if digits.isdigit():
            return rows.filter(code__startswith=digits)
        return super().apply(rows, value)


class RegionFilters(Filters):
    """Tier, area, validity, words."""

    level = Choice(_("Tier"), choices=Level.choices)
    area = Area(_("Area"), "code")
    validity = Ask(
        _("Validity"), ask={IN_FORCE: (_("In force"), Q(valid_to=None)), CLOSED: (_("Dissolved"), ~Q(valid_to=None))}
    )
    q = NameOrCode(_("Name or code"), lookups=("name__icontains", "short_name__icontains", "name_en__icontains"))


class ImportTable(Table):
    """Boundary files and their fate."""

    order = "-reported_at"
    file_name = Link(_("File"), url="regions:file", sort="file_name")
    level = Text(_("Tier"), "get_level_display")
    units = Figure(_("Units"), lambda row: row.report["units"])
    state = State(_("State"), kinds={"reported": "wait", "accepted": "done", "refused": "bad"})
    reported_by = Text(_("Checked by"))
    reported_at = Date(_("Checked"), time=True, sort="reported_at")
    decided_by = Text(_("Decided by"), drop=True)
