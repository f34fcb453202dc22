"""Forms: the facts of a project, a milestone, a picture, a paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.foundation.files.forms import DocumentForm, PhotoForm
from anzhi.foundation.web.fields import MoneyInput, Reason
from anzhi.network.projects.states import Basin, Build, Kind, Regime, Step, View

NOT_KNOWN = [("", _("to be verified"))]


def number(label: Any, unit: Any, decimals: int = 0, **options: Any) -> forms.Field:
    """An optional figure with its unit in the field."""
    if decimals:
        field: forms.Field = forms.DecimalField(
            label=label, required=False, min_value=0, max_digits=8, decimal_places=decimals, **options
        )
    else:
        field = forms.IntegerField(label=label, required=False, min_value=0, **options)
    field.unit = unit  # type: ignore[attr-defined]  # read by web/ui/field.html
    return field


class FactsForm(forms.Form):
    """What is true of a project. Its county is chosen once, at registration."""

    name = forms.CharField(label=pgettext_lazy("project", "Name"), max_length=60)
    name_en = forms.CharField(label=_("Name in Latin letters"), max_length=80, required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("column", "Kind"), choices=Kind.choices)
    regime = forms.ChoiceField(label=_("Standards"), choices=Regime.choices)
    build = forms.ChoiceField(label=pgettext_lazy("column", "Works"), choices=Build.choices)
    suspended = forms.BooleanField(label=_("Works are suspended"), required=False)
    river = forms.CharField(label=_("River"), max_length=40, required=False)
    basin = forms.ChoiceField(label=_("Basin"), choices=[*NOT_KNOWN, *Basin.choices], required=False)
    counties = forms.MultipleChoiceField(
        label=_("Other counties it touches"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    lon = forms.FloatField(label=_("Longitude of the dam"), required=False, help_text=_("Degrees, WGS-84: 102.63"))
    lat = forms.FloatField(label=_("Latitude of the dam"), required=False, help_text=_("Degrees, WGS-84: 26.33"))
    reason = forms.CharField(
        label=_("Why it stands outside its county"), max_length=200, required=False, help_text=_("Only where it does.")
    )
    owner_org = forms.CharField(label=_("Owner"), max_length=80, required=False)
    competent_dept = forms.CharField(label=_("Competent department"), max_length=80, required=False)
    supervisor_org = forms.CharField(label=_("Supervising unit"), max_length=80, required=False)
    installed_mw = number(_("Installed capacity"), _("MW"), 2)
    dead_level_m = number(_("Dead level"), _("m"), 2)
    normal_level_m = number(_("Normal level"), _("m"), 2)
    check_level_m = number(_("Check flood level"), _("m"), 2)
    in_service_year = number(_("Year in service"), _("year"))
    plan_households = number(_("Planned households"), _("households"))
    plan_people = number(_("Planned resettlers"), _("people"))
    moved_households = number(_("Households moved"), _("households"))
    moved_people = number(_("People moved"), _("people"))
    plan_production = number(_("Planned production resettlement"), _("people"))
    done_production = number(_("Production resettlement done"), _("people"))
    plan_investment = MoneyInput(label=_("Approved estimate"), required=False)
    paid_investment = MoneyInput(label=_("Paid so far"), required=False)
    done_as_of = forms.DateField(
        label=_("Done as of"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counties"].choices = counties  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Longitude and latitude come together."""
        given = super().clean() or {}
        if (given.get("lon") is None) != (given.get("lat") is None):
            self.add_error("lon", _("Give both longitude and latitude, or neither."))
        return given

    def facts(self) -> dict[str, Any]:
        """As the services take them."""
        given = dict(self.cleaned_data)
        lon, lat = given.pop("lon"), given.pop("lat")
        return given | {"place": None if lon is None else (lon, lat), "counties": given.pop("counties")}


class NewForm(FactsForm):
    """The same, with the county of the works."""

    region_code = forms.ChoiceField(label=_("County of the works"))
    field_order = ("name", "region_code")

    def __init__(self, *args: Any, own: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner_org", "competent_dept"):
            self.fields[name].required = True
        self.fields["region_code"].choices = own  # type: ignore[attr-defined]


class MilestoneForm(forms.Form):
    """A dated step, and the paper behind it."""

    step = forms.ChoiceField(label=_("Milestone"), choices=Step.choices)
    on = forms.DateField(
        label=pgettext_lazy("milestone", "Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    document = forms.CharField(
        label=_("Number of the document"), max_length=80, required=False, help_text=_("As printed: 云搬发〔2026〕63号")
    )
    reason = forms.CharField(
        label=_("Why an earlier milestone is not recorded"),
        max_length=200,
        required=False,
        help_text=_("Only for projects in service whose early papers are lost."),
    )


class WithdrawForm(forms.Form):
    """Why a milestone is taken back."""

    reason = Reason()


class ViewForm(PhotoForm):
    """A picture from a fixed viewpoint."""

    viewpoint = forms.ChoiceField(label=_("Viewpoint"), choices=View.choices)  # type: ignore[assignment]  # fixed ones


class PaperForm(DocumentForm):
    """The paper of a milestone."""
