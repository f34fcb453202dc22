"""Lists of sites."""

from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.foundation.web import places
from anzhi.foundation.web.columns import Figure, Link, State, Text
from anzhi.foundation.web.filters import Ask, Choice, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import share_ready
from anzhi.network.sites.states import Kind, Risk
from anzhi.network.sites.states import State as Life

LIFE = {"planned": "", "construction": "run", "occupied": "run", "accepted": "done"}


class SiteLink(Link):
    """The name; an invented site says so on every row."""

    def body(self, row: Any, value: Any) -> SafeString | str:
        """Name and tag."""
        return format_html("{}{}", value, tag(row))


def tag(row: ResettlementSite) -> SafeString | str:
    """示例, where the site is invented."""
    return format_html(' <span class="az-drill">{}</span>', _("sample")) if row.sample else ""


def county(row: ResettlementSite) -> str:
    """Its county."""
    return places.name_of(row.region_code[:6].ljust(12, "0"))


def town(row: ResettlementSite) -> str:
    """Its town, where it is known."""
    code = row.region_code[:9].ljust(12, "0")
    return "" if code.endswith("000000") else places.name_of(code)


class SiteTable(Table):
    """Sites, the largest first."""

    order = "-plan_people"
    name = SiteLink(_("Site"), "name", url="sites:site", key="code", note="code", sort="code")
    people = Figure(_("Planned people"), "plan_people", total=True, sort="plan_people", phone="amount")
    moved = Figure(_("People moved"), "moved_people", total=True, sort="moved_people", phone="more")
    households = Figure(_("Households"), "plan_households", total=True, phone="hide")
    area = Text(pgettext_lazy("column", "County"), county, note=town, sort="region_code", phone="more")
    kind = Text(pgettext_lazy("column", "Kind"), lambda row: row.get_kind_display(), phone="hide")
    project = Text(_("Project"), "project.name", phone="note")
    ready = Text(_("Infrastructure"), lambda row: f"{share_ready(row.infrastructure)}%", phone="hide")
    state = State(_("State"), kinds=LIFE)


class SiteFilters(Filters):
    """By area, state, kind, danger and name."""

    area = Region(_("Area"))
    state = Choice(_("State"), choices=Life.choices)
    kind = Choice(pgettext_lazy("column", "Kind"), choices=Kind.choices)
    risk = Ask(
        _("Danger"),
        ask={value: (label, Q(risks__contains=[value])) for value, label in Risk.choices}
        | {"any": (_("any"), Q(risks__len__gt=0))},
    )
    project = Search(_("Project"), lookups=("project__code", "project__name__icontains"))
    q = Search(_("Site or unit"), lookups=("name__icontains", "owner_unit__icontains", "code__icontains"))
