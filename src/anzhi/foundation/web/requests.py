"""What a request carries here besides Django's own: the actor, and whether it is a partial one."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from anzhi.foundation.access.actors import Actor


class Request(HttpRequest):
    """The type of `self.request` in pages; middleware fills it."""

    actor: Actor
    user: Any  # whoever is logged in; people are an app above this one
    htmx: HtmxDetails
    csp_nonce: str
