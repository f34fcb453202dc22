"""What is said on the next page, and the form of an act that needs none."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest


class NoFields(Form):
    """For an act that asks nothing: only its refusal has a place here."""


def done(request: HttpRequest, sentence: Any) -> None:
    """Say what was done, once, on the next page."""
    if sentence:
        messages.success(request, str(sentence))
