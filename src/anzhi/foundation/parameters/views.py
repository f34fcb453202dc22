"""Pages of parameters: the list, one with its history, a new value."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.audit.queries import history as trail
from anzhi.foundation.parameters import clock, queries, services
from anzhi.foundation.parameters.forms import ValueForm
from anzhi.foundation.parameters.tables import ParameterFilters, ParameterTable, area
from anzhi.foundation.web import places
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage, FormPage


class ParameterList(ListPage):
    """Everything that law or office may change, as it holds today."""

    permission = Permission.PARAMETER_VIEW
    title = gettext_lazy("Parameters")
    rows = queries.listed
    table, filters = ParameterTable, ParameterFilters
    size = 100
    empty = (
        gettext_lazy("No parameter yet"),
        gettext_lazy("The system administrator loads them with the law's figures."),
    )


class ParameterPage(DetailPage):
    """One parameter: what holds, what held, who set it and on what ground."""

    permission = Permission.PARAMETER_VIEW
    nav = "parameters:parameters"
    row = queries.parameter
    template = "parameters/parameter.html"

    @property
    def title(self) -> str:
        """Its name."""
        return self.object.label

    @property
    def crumbs(self) -> list[Crumb]:
        """Back to the list."""
        return [Crumb(_("Parameters"), reverse("parameters:parameters")), Crumb(self.object.label)]

    @property
    def acts(self) -> list[Act]:
        """A new value, for who may set one."""
        url = reverse("parameters:set", args=[self.object.pk])
        return [Act(_("Set a new value"), url, "adjustments-horizontal", "main", Permission.PARAMETER_EDIT)]

    def context(self) -> dict[str, Any]:
        """Its values through time, and the trail of this one."""
        row, today = self.object, clock.today()
        values = list(queries.history(row))
        return {
            "facts": [(_("Holds in"), area(row)), (_("How sure"), row.get_tag_display())],
            "values": values,
            "holding": next(
                (v for v in values if v.valid_from <= today and (not v.valid_to or v.valid_to >= today)), None
            ),
            "history": trail(row),
        }


class ParameterSet(FormPage):
    """A new value from a day on."""

    permission = Permission.PARAMETER_EDIT
    nav = "parameters:parameters"
    row, form = queries.parameter, ValueForm
    submit = gettext_lazy("Set the value")
    done = gettext_lazy("The new value is set; the one before stays in the history.")

    @property
    def title(self) -> str:
        """Which one."""
        return _("New value: %(name)s") % {"name": self.object.label}

    @property
    def back(self) -> str:  # type: ignore[override]  # depends on the row
        """Its page."""
        return reverse("parameters:parameter", args=[self.object.pk])

    def initial(self) -> dict[str, Any]:
        """What holds now."""
        row = self.object
        scope = row.scope.ljust(12, "0") if row.scope else ""
        return {"value": row.holds, "valid_from": clock.today(), "legal_basis": row.legal_basis, "scope": scope}

    def form_arguments(self) -> dict[str, Any]:
        """The unit, and the areas this person may set values for."""
        offered = places.options(self.actor.prefix)
        everywhere = [("", _("everywhere"))] if len(self.actor.prefix) <= 2 else []
        return {"parameter": self.object, "places": everywhere + offered}

    def save(self, form: Any) -> str:
        """Set it; go to the new value."""
        given = dict(form.cleaned_data)
        given["scope"] = prefix_of(given["scope"]) if given["scope"] else ""
        new = services.set_value(by=self.actor, parameter=self.object, **given)
        return reverse("parameters:parameter", args=[new.pk])
