"""Offices: the list, one office, what may be changed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts import forms, queries
from anzhi.foundation.accounts.services import agencies as services
from anzhi.foundation.accounts.tables import AgencyFilters, AgencyTable
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.regions import queries as regions
from anzhi.foundation.web import navigation
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage, FormPage


class AgencyList(ListPage):
    """The offices of the area."""

    permission = Permission.AGENCY_VIEW
    title = _("Offices")
    template = "accounts/agencies.html"
    rows = queries.agencies
    table, filters = AgencyTable, AgencyFilters
    empty = (_("No office here"), _("Offices come with the register of regions."))

    def context(self) -> dict[str, Any]:
        """How many stand on each tier."""
        return {"counts": queries.tier_counts(self.scope)}


class AgencyPage(DetailPage):
    """One office: where, who, what it looks after."""

    permission = Permission.AGENCY_VIEW
    nav = "accounts:agencies"
    row = queries.agency
    template = "accounts/agency.html"

    @property
    def title(self) -> str:
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> list[Crumb]:
        """The list, and the office above where that lies in the area."""
        above, code = self.object.parent, self.object.parent and self.object.parent.region_code
        steps = [Crumb(_("Offices"), reverse("accounts:agencies"))]
        if above and self.scope and self.scope.contains(code):
            steps.append(Crumb(above.short_name, reverse("accounts:agency", args=[code])))
        return steps

    @property
    def acts(self) -> list[Act]:
        """Map, new person, change."""
        code = self.object.region_code
        edit = reverse("accounts:agency-edit", args=[code])
        acts = [
            Act(_("New person"), reverse("accounts:open-account", args=[code]), "user-plus", "", Permission.USER_EDIT),
            Act(_("Change"), edit, "edit", "", Permission.AGENCY_EDIT),
        ]
        if where := navigation.address("maps:map"):
            acts.insert(0, Act(_("On the map"), f"{where}?area={code}", "map-2", "", Permission.MAP_VIEW))
        return acts

    def context(self) -> dict[str, Any]:
        """Divisions with their people, offices below, counties looked after."""
        office = self.object
        seen = may(self.actor, Permission.USER_VIEW)
        return {
            "place": " ".join(unit.label for unit in regions.path(office.region_code)),
            "counties": list(regions.labels(queries.looked_after(office)).values()),
            "divisions": queries.divisions(office)
            if seen
            else [(name.name, []) for name in queries.departments(office)],
            "names_seen": bool(seen),
            "history": audit.history(office),
            "children": list(queries.children(self.scope, office)),
        }


class AgencyEdit(FormPage):
    """Telephone, address, mark of documents."""

    permission = Permission.AGENCY_EDIT
    nav = "accounts:agencies"
    row, form = queries.agency, forms.AgencyForm
    done = _("The office was changed.")

    @property
    def title(self) -> str:
        """Which office."""
        return now("Change %(office)s") % {"office": self.object.short_name}

    @property
    def back(self) -> str:
        """Its page."""
        return reverse("accounts:agency", args=[self.object.region_code])

    def initial(self) -> dict[str, Any]:
        """As it is."""
        return {name: getattr(self.object, name) for name in ("phone", "address", "doc_prefix")}

    def save(self, form: Any) -> str:
        """By the service."""
        services.edit_agency(by=self.actor, agency=self.object, **form.cleaned_data)
        return self.back


class AddDivision(FormPage):
    """One more division."""

    permission = Permission.AGENCY_EDIT
    nav = "accounts:agencies"
    row, form, title = queries.agency, forms.DivisionForm, _("New division")

    @property
    def back(self) -> str:
        """The office."""
        return reverse("accounts:agency", args=[self.object.region_code])

    def save(self, form: Any) -> str:
        """By the service."""
        services.add_department(by=self.actor, agency=self.object, **form.cleaned_data)
        return self.back
