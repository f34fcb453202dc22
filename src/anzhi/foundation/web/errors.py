"""What went wrong, what did not happen, what to do, and a number for the help desk."""

import logging
import secrets
import sys
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.actors import NOBODY, Actor

SHELL, BARE, PART = "web/error.html", "web/error_bare.html", "web/_error.html"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wording:
    """Icon, title and sentence of an error page."""

    icon: str
    title: Any
    sentence: Any


WORDS = {
    400: Wording(
        "file-x",
        _("This request could not be read"),
        _("Nothing was changed. Go back one page and try again; if you typed the address, check it."),
    ),
    403: Wording(
        "lock",
        _("Your post does not include this page"),
        _("Nothing was changed. If your work needs it, ask your security administrator for the role."),
    ),
    404: Wording(
        "map-search",
        _("This page was not found"),
        _("The address may be mistyped, the content may be retired, or it may lie outside your area."),
    ),
    405: Wording(
        "arrow-back-up",
        _("This address does not open as a page"),
        _("Nothing was changed. Go back and use the button on the page."),
    ),
    500: Wording(
        "tool",
        _("Something on our side failed"),
        _("What you sent was not stored. Please try again in a moment; if it stays, tell us the number below."),
    ),
    503: Wording(
        "plug-connected-x",
        _("The database does not answer"),
        _("Nothing was stored and nothing was lost. Please try again in a minute."),
    ),
}
CSRF = Wording(
    "clock-exclamation",
    _("This page had been open too long"),
    _("Nothing was stored. Go back, reload the page and send it again."),
)


def number() -> str:
    """A number short enough for the telephone: ER-7F3A-0918."""
    text = secrets.token_hex(4).upper()
    return f"ER-{text[:4]}-{text[4:]}"


def answer(request: HttpRequest, status: int, reason: Any = "", wording: Wording | None = None) -> HttpResponse:
    """The error page: in the shell for who is logged in, alone where the database may be down."""
    code = number()
    log.warning("%s: %s %s %s", code, status, request.method, request.path)
    context = {
        "wording": wording or WORDS[status],
        "reason": reason,
        "number": code,
        "now": timezone.localtime(),
        "status": status,
        "actor": getattr(request, "actor", NOBODY),
    }
    template = _template(request, context["actor"], status)
    if template != SHELL:
        return HttpResponse(render_to_string(template, context, request), status=status)
    with transaction.atomic():  # the shell counts rows, and without a transaction there is no scope
        return HttpResponse(render_to_string(template, context, request), status=status)


def _template(request: HttpRequest, actor: Actor, status: int) -> str:
    target = getattr(getattr(request, "htmx", None), "target", None) or ""
    if target.endswith("#rows"):
        return PART
    return SHELL if actor.id and status < 500 else BARE


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return answer(request, 403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, and also: not your area."""
    return answer(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it was the database that did not answer."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return answer(request, 503 if away else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long."""
    return answer(request, 403, wording=CSRF)
