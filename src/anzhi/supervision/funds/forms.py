"""Forms: bringing files in, showing a number, filing an account's state."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.web.fields import Reason

MAPPINGS = [
    ("auto", _("Recognised by its header")),
    ("icbc", "工行 icbc"),
    ("abc", "农行 abc"),
    ("boc", "中行 boc"),
    ("ccb", "建行 ccb"),
    ("bocom", "交行 bocom"),
    ("generic", _("General sheet")),
]


class Files(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleaned to a list."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file by itself."""
        given = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(FilesField, self).clean(one, initial) for one in given]


class UploadForm(forms.Form):
    """Statement files; for sheets, how to read them."""

    statements = FilesField(
        label=_("Statement files"),
        help_text=_("camt.052/053/054, MT940/942, CSV, XLS or XLSX. Several at once. Nothing classified."),
    )
    mapping = forms.ChoiceField(label=_("Sheet of which bank"), choices=MAPPINGS, required=False, initial="auto")
    account = forms.ChoiceField(
        label=_("Account, where the sheet names none"),
        required=False,
    )

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", _("The file names its account")), *accounts]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why the full number is needed."""

    reason = Reason(label=_("Why do you need the full number?"), help_text=_("It is kept in the trail with your name."))
