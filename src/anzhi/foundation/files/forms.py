"""Upload fields for other apps' forms. The checks are the services': a form only carries the file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PhotoForm(forms.Form):
    """One photo and where it was taken from."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG, PNG or WebP, up to 30 MB. Place and time are read from the picture and then removed from it."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )
    viewpoint = forms.CharField(label=_("Viewpoint"), max_length=60, required=False)


class DocumentForm(forms.Form):
    """One document."""

    document = forms.FileField(
        label=_("Document file"),
        help_text=_("PDF, Word, Excel, CSV, text or zip, up to 100 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.xls,.csv,.txt,.xml,.zip"}),
    )
