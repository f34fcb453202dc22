"""Lists of projects."""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.money import formats
from anzhi.foundation.web import places
from anzhi.foundation.web.columns import Column, Figure, Link, State, Text
from anzhi.foundation.web.filters import Ask, Choice, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.network.projects import queries
from anzhi.network.projects.models import Project
from anzhi.network.projects.states import Basin, Build, Kind

WORKS = {"planned": "", "construction": "run", "built": "done", "suspended": "wait"}
WORDS = dict(Build.choices) | {"suspended": pgettext_lazy("works", "Suspended")}
TO_VERIFY = _("to be verified")
SOURCES = {
    "W": _("a public database of power plants"),
    "S": _("public reports"),
    "K": _("the compilers' knowledge, to be verified"),
}


def works(row: Project) -> str:
    """The state of the works as one word: suspended goes before all others."""
    return "suspended" if row.suspended else row.build


def area(row: Project) -> str:
    """The county of the works."""
    return places.name_of(row.region_code)


def prefecture(row: Project) -> str:
    """The prefecture above it."""
    return places.name_of(row.region_code[:4].ljust(12, "0"))


def sources(row: Project) -> str:
    """Where the facts come from, in words."""
    letters = [letter.strip() for letter in row.basis.split(",") if letter.strip()]
    return "、".join(str(SOURCES.get(letter, letter)) for letter in letters)


class Known(Column):
    """A fact that may not be known: then the cell says so instead of a dash."""

    def html(self, row: Any) -> SafeString | str:
        """The value, or 待核实."""
        return super().html(row) if self.value(row) not in (None, "") else to_verify()

    def sheet(self, row: Any) -> Any:
        """The same word in a sheet."""
        return self.text(self.value(row)) if self.value(row) not in (None, "") else str(TO_VERIFY)


class Power(Figure):
    """Megawatts stored, ten thousand kilowatts shown."""

    number_format = "#,##0.0"

    def text(self, value: Any) -> str:
        """A tenth, one decimal."""
        return formats.figure(Decimal(value) / 10, 1)

    def sheet(self, row: Any) -> Any:
        """A number."""
        return self.footed(self.value(row))

    def footed(self, total: Any) -> Any:
        """In the unit of the head."""
        return None if total is None else Decimal(total) / 10

    def html(self, row: Any) -> SafeString | str:
        """Unknown for a power station, not applicable for a reservoir."""
        if self.value(row) is None and row.kind in (Kind.HYDROPOWER, Kind.PUMPED_STORAGE):
            return to_verify()
        return super().html(row)


def to_verify(reason: Any = "") -> SafeString:
    """待核实, with the dotted line of what is not known."""
    return format_html('<span class="az-unknown" title="{}">{}</span>', reason, TO_VERIFY)


class ProjectTable(Table):
    """Projects, the largest first."""

    order = "-size"
    name = Link(_("Project"), "name", url="projects:project", key="code", note="code", sort="code")
    capacity = Power(_("Installed"), "installed_mw", unit=_("10 MW"), total=True, phone="amount", sort="size")
    kind = Text(pgettext_lazy("column", "Kind"), lambda row: row.get_kind_display(), phone="hide")
    river = Known(_("River"), "river", phone="note")
    county = Text(pgettext_lazy("column", "County"), area, note=prefecture, phone="more", sort="region_code")
    owner = Known(_("Owner"), "owner_org", phone="hide")
    year = Text(_("In service"), lambda row: str(row.in_service_year or ""), phone="hide")
    works = State(pgettext_lazy("column", "Works"), works, kinds=WORKS, labels=WORDS)


class GapTable(Table):
    """Projects with what their record lacks."""

    order = "-missing"
    name = Link(_("Project"), "name", url="projects:project", key="code", note="code", sort="code")
    missing = Figure(_("Facts lacking"), "missing", sort="missing", phone="amount", total=True)
    county = Text(pgettext_lazy("column", "County"), area, note=prefecture, phone="more", sort="region_code")
    facts = Text(_("What is to be verified"), lambda row: "、".join(str(label) for label in absent(row)), phone="note")
    source = Text(_("Source"), lambda row: row.note or sources(row), phone="hide")


def absent(row: Project) -> list[Any]:
    """What one row lacks, from what the list has read of it."""
    return [label for key, (label, _lacks) in queries.FACTS.items() if getattr(row, f"lacks_{key}")]


class County(Region):
    """An area of one's own, by every county a project touches."""

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Projects that touch it."""
        return rows.filter(pk__in=Project.objects.filter(queries.touching(prefix_of(value))).values("pk"))


class ProjectFilters(Filters):
    """By works, kind, basin, river, area, size and gaps."""

    works = Ask(
        pgettext_lazy("column", "Works"),
        ask={state: (label, Q(build=state, suspended=False)) for state, label in Build.choices}
        | {"suspended": (pgettext_lazy("works", "Suspended"), Q(suspended=True))},
    )
    kind = Choice(pgettext_lazy("column", "Kind"), choices=Kind.choices)
    area = County(_("Area"))
    basin = Choice(_("Basin"), choices=Basin.choices)
    river = Choice(_("River"), choices=queries.river_choices)
    size = Ask(
        _("Installed"),
        ask={
            "large": (_("300 MW and more"), Q(installed_mw__gte=300)),
            "medium": (_("50 to 300 MW"), Q(installed_mw__gte=50, installed_mw__lt=300)),
            "small": (_("under 50 MW"), Q(installed_mw__lt=50)),
        },
    )
    q = Search(
        _("Name or owner"), lookups=("name__icontains", "name_en__icontains", "owner_org__icontains", "code__icontains")
    )


class GapFilters(Filters):
    """By the fact that is lacking."""

    fact = Ask(_("Lacking"), ask=dict(queries.FACTS))
    area = County(_("Area"))
    works = ProjectFilters.works
