"""A yearly notice, as typed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.calendar import notices

PROBLEMS = {
    "form": _("Line %(line)s is not a day: %(text)s"),
    "date": _("Line %(line)s names a day that does not exist: %(text)s"),
    "year": _("Line %(line)s lies in another year: %(text)s"),
    "range": _("Line %(line)s is not a range of at most 20 days: %(text)s"),
    "weekday": _("Line %(line)s: only a Saturday or Sunday can be worked in exchange: %(text)s"),
    "name": _("Line %(line)s: a name has at most 60 characters: %(text)s"),
    "twice": _("Line %(line)s names a day a second time: %(text)s"),
}


class NoticeForm(forms.Form):
    """The year, where the notice stands, its days."""

    year = forms.IntegerField(label=_("Year"), min_value=2004, max_value=date.max.year - 1)
    source = forms.CharField(
        label=_("Number of the notice"),
        max_length=200,
        help_text=_("As printed on it, with the office that issued it."),
    )
    days = forms.CharField(
        label=_("Named days"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One day or range a line: 2027-10-01/2027-10-07 休 国庆节, or 2027-09-26 班 国庆节."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the days; every wrong line is named."""
        data = super().clean() or {}
        if "year" in data and "days" in data:
            data["named"], problems = notices.read(data["days"], data["year"])
            if problems:
                raise ValidationError(
                    {"days": [PROBLEMS[p.code] % {"line": p.line, "text": p.text} for p in problems[:20]]}
                )
            if not data["named"]:
                raise ValidationError({"days": _now("Name at least one day.")})
        return data
