"""Tables and filters of offices and people."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.access.sentences import role_name
from anzhi.foundation.accounts.models import Tier
from anzhi.foundation.web.columns import Date, Figure, Link, State, Text
from anzhi.foundation.web.filters import Ask, Choice, Filters, Region, Search
from anzhi.foundation.web.tables import Table


class AgencyTable(Table):
    """Offices, by region code."""

    order = "region_code"
    name = Link(_("Office"), "name", url="accounts:agency", key="region_code", sort="region_code")
    tier = Text(_("Tier"), "get_tier_display")
    parent = Text(_("Under"), "parent.short_name", drop=True)
    phone = Text(_("Telephone"), drop=True)
    people = Figure(_("People"), total=True, phone="amount")


class AgencyFilters(Filters):
    """By tier, area and name."""

    tier = Choice(_("Tier"), choices=Tier.choices)
    area = Region(_("Area"))
    q = Search(_("Name"), lookups=("name__icontains", "short_name__icontains"))


def said_roles(row: Any) -> str:
    """Names of the roles held now."""
    return "、".join(role_name(code) for code in sorted(set(row.roles)) if code in ROLES)


class PeopleTable(Table):
    """People, by account."""

    order = "username"
    name = Link(_("Name"), "name", url="accounts:person", key="username", sort="name", note="username")
    office = Text(_("Office"), "agency_name", note="post_title", phone="note")
    roles = Text(_("Roles"), said_roles, phone="more")
    last_login = Date(_("Last log-in"), time=True, phone="more")
    state = State(
        _("State"),
        "is_active",
        kinds={True: "done", False: ""},
        labels={True: _("Open"), False: _("Closed")},
    )


class HeldRole(Choice):
    """A role as it is held today."""

    def apply(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Grants that ended do not count."""
        return rows.filter(grants__role=value, grants__to_on=None)


class PeopleFilters(Filters):
    """By role, area, state and name."""

    role = HeldRole(_("Role"), "grants__role", choices=lambda: [(code, role_name(code)) for code in ROLES])
    area = Region(_("Area"))
    state = Ask(
        _("State"),
        ask={
            "open": (_("Open"), Q(is_active=True)),
            "closed": (_("Closed"), Q(is_active=False)),
            "bare": (_("Open without a role"), Q(is_active=True) & ~Q(grants__to_on=None, grants__isnull=False)),
        },
    )
    q = Search(_("Name or account"), lookups=("name__icontains", "username__icontains"))
