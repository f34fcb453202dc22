"""Forms: an edition, its lines, its document, a month's progress."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.foundation.web.fields import MoneyInput, Reason
from anzhi.management.annual.states import TaskType


def counted(label: Any, **options: Any) -> forms.DecimalField:
    """A quantity in the task's unit."""
    return forms.DecimalField(label=label, min_value=0, max_digits=14, decimal_places=3, **options)


def day(label: Any) -> forms.DateField:
    """An optional day."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class PlanForm(forms.Form):
    """Project and year."""

    project: forms.ModelChoiceField = forms.ModelChoiceField(None, label=_("Project"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2099)

    def __init__(self, *args: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]  # the field above


class FiguresForm(forms.Form):
    """What an edition says of a task."""

    total_task = counted(_("Whole task"))
    done_before = counted(_("Done before the year"), initial=0)
    quantity = counted(_("Planned for the year"))
    q1 = counted(_("First quarter"), initial=0)
    q2 = counted(_("Second quarter"), initial=0)
    q3 = counted(_("Third quarter"), initial=0)
    q4 = counted(_("Fourth quarter"), initial=0)
    investment = MoneyInput(label=_("Investment"))
    source = forms.CharField(label=_("Source of the money"), max_length=60, required=False)
    duty_unit = forms.CharField(label=_("Unit in charge"), max_length=80)
    monitor_unit = forms.CharField(label=_("Supervision unit"), max_length=80, required=False)
    start = day(pgettext_lazy("task", "Begins"))
    finish = day(pgettext_lazy("task", "Ends"))


class LineForm(FiguresForm):
    """The same, with a new task."""

    type = forms.ChoiceField(label=_("Kind of task"), choices=TaskType.choices)
    content = forms.CharField(label=_("Content"), max_length=120)
    unit = forms.CharField(label=_("Unit of measure"), max_length=12, initial=_("people"))
    field_order = ("type", "content", "unit")


class DocumentForm(forms.Form):
    """The document that issues a plan."""

    document = forms.CharField(label=_("Document"), max_length=60)


class ReasonForm(forms.Form):
    """Why."""

    reason = Reason()


class ReportForm(forms.Form):
    """A month."""

    month = forms.TypedChoiceField(
        label=_("Month"), coerce=int, choices=[(month, str(month)) for month in range(1, 13)]
    )
    quantity = counted(_("Done in the month"))
    invested = MoneyInput(label=_("Invested in the month"))
    evidence = forms.CharField(label=_("Evidence"), max_length=120, required=False, help_text=_("Number of a record."))
