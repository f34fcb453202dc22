"""Giving a sheet in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from anzhi.management.plans.states import SheetKind

MOST_BYTES = 20 * 1024 * 1024


class SheetForm(forms.Form):
    """One sheet of one kind."""

    kind = forms.ChoiceField(label=_("What it holds"), choices=SheetKind.choices)
    sheet = forms.FileField(
        label=_("Sheet"),
        help_text=_("XLSX or CSV with the columns of the sheet offered here. Nothing classified."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_sheet(self) -> UploadedFile:
        """Of a bearable size and a known ending."""
        sheet: UploadedFile = self.cleaned_data["sheet"]
        if (sheet.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("More than 20 MB: split the sheet."))
        if not (sheet.name or "").lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("This is not an XLSX or CSV sheet that can be opened."))
        return sheet
