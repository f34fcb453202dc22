"""What a person says when acting on an alert."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """A note that stays on record."""

    note = forms.CharField(
        label=_("What was done or found"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays on record with your name and the time."),
    )


class AcknowledgeForm(forms.Form):
    """Acknowledging needs no words."""

    note = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
