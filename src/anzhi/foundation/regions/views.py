"""The register of regions, one region, and what was found in official files."""

from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import Scope
from anzhi.foundation.regions import queries, sketch
from anzhi.foundation.regions.imports.sentences import sentence
from anzhi.foundation.regions.models import Band, BoundaryImport, Edition, Level, Region
from anzhi.foundation.regions.tables import ImportTable, RegionFilters, RegionTable
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage

# what a drawing shows for a region of a tier: which tier, inside which ancestor
DRAWN = {
    Level.PROVINCE: (Level.PREFECTURE, Level.PROVINCE, Band.FAR),
    Level.PREFECTURE: (Level.COUNTY, Level.PREFECTURE, Band.MIDDLE),
    Level.COUNTY: (Level.COUNTY, Level.PREFECTURE, Band.MIDDLE),
    Level.TOWN: (Level.COUNTY, Level.PREFECTURE, Band.MIDDLE),
    Level.VILLAGE: (Level.COUNTY, Level.PREFECTURE, Band.MIDDLE),
}
# addresses are made when asked for, after all urls are known
REGISTER = Crumb(gettext_lazy("Regions"), cast(str, reverse_lazy("regions:regions")))
FILES = Crumb(gettext_lazy("Boundary files"), cast(str, reverse_lazy("regions:files")))
WEIGHTS = ("error", "warning", "note")
BELOW_PREFECTURE = {Level.COUNTY, Level.TOWN, Level.VILLAGE}


class RegionList(ListPage):
    """All units of the register. Names of regions are no secret: the list is the same for everyone."""

    permission = Permission.REGION_VIEW
    title = gettext_lazy("Regions")
    template = "regions/list.html"
    table, filters = RegionTable, RegionFilters
    acts = (Act(gettext_lazy("Boundary files"), FILES.url, "map-2", permission=Permission.REGION_IMPORT),)

    def query(self) -> QuerySet[Region]:
        """The whole register."""
        return queries.listed()

    def context(self) -> dict[str, Any]:
        """The counts above the table."""
        counts = queries.counts()
        tiers = [(label, counts[level], f"?level={level}&validity=open") for level, label in Level.choices]
        return {"tiers": tiers, "closed": counts["closed"]}


def region_row(scope: Scope | None, code: str) -> Region | None:
    """A region by code, with what the list knows of it."""
    return queries.listed().filter(code=code).first()


class RegionPage(DetailPage):
    """One region: codes, validity, boundary and where that comes from, the units inside."""

    permission = Permission.REGION_VIEW
    own_area = False
    nav = "regions:regions"
    row = region_row
    template = "regions/region.html"
    styles = ("regions/css/regions.css",)

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Its name."""
        return str(self.object.title)

    @property
    def crumbs(self) -> Sequence[Crumb]:  # type: ignore[override]  # depends on the row
        """The units above it."""
        above = queries.ancestors(self.object.code)
        steps = [Crumb(unit.label, reverse("regions:region", args=[unit.code])) for unit in above]
        return [Crumb(_("Regions"), reverse("regions:regions")), *steps]

    @property
    def marks(self) -> str:
        """Validity and tier beside the name."""
        closed = self.object.valid_to is not None
        pill = state_pill("" if closed else "done", _("Dissolved") if closed else _("In force"))
        return pill + format_html('<span class="az-muted">{}</span>', self.object.get_level_display())

    def context(self) -> dict[str, Any]:
        """The drawing, the boundary's origin, the units inside."""
        region = self.object
        edition = queries.edition_of(region.code)
        tier, around, band = DRAWN[region.level]
        frame = next(unit.code for unit in queries.path(region.code) if unit.level == around)
        standing = region.successor_id or region.code
        here = standing[:6] + "000000" if region.level in BELOW_PREFECTURE else ""
        drawn = sketch.draw(queries.geojson(frame, tier, band), here)
        return {
            "facts": self._facts(),
            "boundary": self._boundary(edition),
            "edition": edition,
            "sketch": drawn,
            "here": here,
            "units": list(queries.listed().filter(parent=region.code, valid_to=None)),
            "predecessors": list(region.predecessors.all()),
        }

    def _facts(self) -> list[tuple[Any, Any]]:
        region = self.object
        return [
            (_("Code"), region.code),
            (_("Short name"), region.short_name),
            (_("English name"), format_html('<span lang="en">{}</span>', region.name_en) if region.name_en else ""),
            (_("In force from"), region.valid_from),
            (_("Dissolved on"), region.valid_to),
            (_("Note"), region.validity_note),
        ]

    def _boundary(self, edition: Edition | None) -> list[tuple[Any, Any]]:
        if edition is None:
            return []
        approval = edition.approval_number or settings.MAP_APPROVAL
        return [
            (_("Land area"), f"{self.object.area_km2:,.0f} km²" if self.object.area_km2 else ""),
            (_("Source"), edition.source),
            (_("Map approval number"), approval or _("none stated by the source")),
            (_("In force from"), edition.valid_from or _("the first set loaded")),
        ]


class ImportList(ListPage):
    """Official boundary files, what was found in each, and who decided."""

    permission = Permission.REGION_IMPORT
    title = gettext_lazy("Boundary files")
    table = ImportTable
    crumbs = (REGISTER,)
    nav = "regions:regions"
    empty = (
        gettext_lazy("No file was checked yet"),
        gettext_lazy("Files are checked with the command import_boundaries; each leaves its report here."),
    )

    def query(self) -> QuerySet[BoundaryImport]:
        """All of them."""
        return queries.imports()


class ImportPage(DetailPage):
    """One report."""

    permission = Permission.REGION_IMPORT
    nav = "regions:regions"
    template = "regions/import.html"
    crumbs = (REGISTER, FILES)

    @staticmethod
    def row(scope: Scope | None, pk: int) -> BoundaryImport | None:
        """The file by number."""
        return queries.imports().filter(pk=pk).first()

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """The file's name."""
        return str(self.object.file_name)

    def context(self) -> dict[str, Any]:
        """Findings in words."""
        report = self.object.report
        hidden = sum(report["counts"].values()) - len(report["findings"])
        return {"report": report, "lines": told(report["findings"]), "hidden": hidden}


def told(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings in words, errors first; what is said of many units is said once, with the first of them."""
    places: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        key = finding["severity"], sentence(finding["kind"], finding["facts"])
        places.setdefault(key, []).append(queries.label(finding["where"]))
    lines = [{"severity": severity, "words": words, "where": where} for (severity, words), where in places.items()]
    return sorted(lines, key=lambda line: WEIGHTS.index(line["severity"]))
