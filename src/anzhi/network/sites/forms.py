"""Forms: the facts of a site, its next state, a picture."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.foundation.files.forms import PhotoForm
from anzhi.foundation.regions import codes
from anzhi.network.projects.forms import number
from anzhi.network.sites.states import Kind, Risk, Service, State, View, Work


def day(label: Any) -> forms.DateField:
    """An optional day."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class FactsForm(forms.Form):
    """What is true of a site; one field for each part of its infrastructure."""

    name = forms.CharField(label=pgettext_lazy("site", "Name"), max_length=80)
    kind = forms.ChoiceField(label=pgettext_lazy("column", "Kind"), choices=Kind.choices)
    lon = forms.FloatField(label=_("Longitude"), help_text=_("Degrees, WGS-84: 102.63"))
    lat = forms.FloatField(label=_("Latitude"), help_text=_("Degrees, WGS-84: 26.33"))
    reason = forms.CharField(
        label=_("Why it stands outside its county"), max_length=200, required=False, help_text=_("Only where it does.")
    )
    competent_dept = forms.CharField(label=_("Competent department"), max_length=80)
    owner_unit = forms.CharField(label=_("Owner unit"), max_length=80)
    plan_households = forms.IntegerField(label=_("Planned households"), min_value=0)
    plan_people = forms.IntegerField(label=_("Planned people"), min_value=0)
    moved_households = forms.IntegerField(label=_("Households moved"), min_value=0, initial=0)
    moved_people = forms.IntegerField(label=_("People moved"), min_value=0, initial=0)
    reported_on = day(_("Reported on"))
    land_mu = number(_("Land"), _("mu"), 2)
    assessed_on = day(_("Geological hazards assessed on"))
    eia_number = forms.CharField(label=_("Number of the environmental report"), max_length=60, required=False)
    risks = forms.MultipleChoiceField(
        label=_("Dangers"), choices=Risk.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    transferred = forms.BooleanField(label=_("Assets handed over"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in Service.choices:
            self.fields[f"works_{name}"] = forms.ChoiceField(label=label, choices=Work.choices, initial=Work.NONE)

    def facts(self) -> dict[str, Any]:
        """As the services take them."""
        given = dict(self.cleaned_data)
        works = {name: given.pop(f"works_{name}") for name in Service.values}
        return given | {"place": (given.pop("lon"), given.pop("lat")), "infrastructure": works}


class NewForm(FactsForm):
    """The same, with the village."""

    region_code = forms.CharField(
        label=_("Code of the village"),
        max_length=20,
        help_text=_(
            "12 digits; the register of regions has them. The county's will do while the village is not known."
        ),
    )
    field_order = ("name", "region_code")

    def __init__(self, *args: Any, own: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own

    def clean_region_code(self) -> str:
        """As people write it; another area's is told here, where what was typed is still there."""
        try:
            code = codes.normalise(self.cleaned_data["region_code"])
        except codes.BadCode as error:
            raise ValidationError(_("This is no code of a region.")) from error
        if not code.startswith(self.own):
            raise ValidationError(_("This code does not lie in your area."))
        return code


class MoveForm(forms.Form):
    """The next state, and since when."""

    to = forms.ChoiceField(label=_("Next state"), choices=State.choices)
    on = forms.DateField(
        label=pgettext_lazy("milestone", "Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class ViewForm(PhotoForm):
    """A picture from one of the viewpoints."""

    viewpoint = forms.ChoiceField(label=_("Viewpoint"), choices=View.choices)  # type: ignore[assignment]  # fixed ones
