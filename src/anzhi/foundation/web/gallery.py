"""Invented values for the gallery of components."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.foundation.web.acts import Act
from anzhi.foundation.web.fields import MoneyInput, Reason

STATES = [
    ("", pgettext_lazy("gallery", "draft")),
    ("run", pgettext_lazy("gallery", "in progress")),
    ("wait", pgettext_lazy("gallery", "to be completed")),
    ("done", pgettext_lazy("gallery", "closed")),
    ("bad", pgettext_lazy("gallery", "overdue")),
]
COLOURS = [
    ("brand", pgettext_lazy("gallery", "teal")),
    ("ink", pgettext_lazy("gallery", "ink")),
    ("ink-2", pgettext_lazy("gallery", "ink 2")),
    ("ink-3", pgettext_lazy("gallery", "ink 3")),
    ("line-2", pgettext_lazy("gallery", "line")),
    ("paper", pgettext_lazy("gallery", "paper")),
    ("red", pgettext_lazy("gallery", "red")),
    ("yellow", pgettext_lazy("gallery", "yellow")),
    ("blue", pgettext_lazy("gallery", "blue")),
    ("ok", pgettext_lazy("gallery", "good")),
    ("due", pgettext_lazy("gallery", "due")),
    ("brand-soft", pgettext_lazy("gallery", "pale teal")),
]
DATA = [(f"d{n}", str(n)) for n in range(1, 8)] + [(f"q{n}", str(n)) for n in range(1, 6)]
SIZES = [("36", "t8", 600, "51,800"), ("28", "t7", 600, "84.42"), ("22", "t6", 600, _("Page title"))]
SIZES += [("16", "t4", 600, _("Panel title")), ("14", "t3", 400, _("Running text"))]
SIZES += [("12", "t1", 400, pgettext_lazy("gallery", "Note"))]
BUTTONS = [
    Act(pgettext_lazy("gallery", "Agree"), "#", "check", "main"),
    Act(pgettext_lazy("gallery", "Return"), "#"),
    Act(pgettext_lazy("gallery", "End"), "#", kind="bad"),
    Act(pgettext_lazy("gallery", "Clear"), reason=_("One more check is needed, and not by the handler.")),
]


class Sample(forms.Form):
    """Two fields, one of them wrong."""

    amount = MoneyInput(label=pgettext_lazy("gallery", "Amount"), basis=_("Budget Law, article 52"))
    reason = Reason(required=False, help_text=_("Shown to everyone who sees this case."))


def clock(name: Any, marks: str, left: Any, tone: str = "", note: Any = "") -> dict[str, Any]:
    """A clock from letters: u used, p paused, w last day, o over, "." open; the last used one is today."""
    today = max(at for at, mark in enumerate(marks) if mark != ".")
    cells = [{"kind": mark.strip("."), "today": at == today} for at, mark in enumerate(marks)]
    limit = _("%(n)d working days") % {"n": len(marks) - marks.count("p") - marks.count("o")}
    return {"name": name, "limit": limit, "left": left, "tone": tone, "cells": cells, "note": note}


def values() -> dict[str, Any]:
    """All of them."""
    now = timezone.now()
    return {
        "now": now,
        "earlier": now - timedelta(hours=6),
        "amounts": [Decimal("-412380.00"), Decimal("5400000.00"), Decimal("0.00")],
        "large": Decimal("300000000.00"),
        "nothing": None,
        "states": STATES,
        "dues": [_("3 working days left"), _("today 17:30"), _("1 working day late")],
        "clocks": [
            clock(_("Service promise"), "uuuu...", _("3 working days left")),
            clock(_("Legal limit"), "uuppuuuuwoo", _("2 working days late"), "late", _("Hatched days do not count.")),
        ],
        "sizes": SIZES,
        "colours": COLOURS,
        "data_colours": DATA,
        "buttons": BUTTONS,
        "form": Sample({"amount": "4,120,000.001", "reason": ""}),
        "steps": [
            {"kind": "next", "title": _("Waiting for the check")},
            {
                "kind": "done",
                "title": pgettext_lazy("gallery", "Explained"),
                "who": "普文昭",
                "at": now,
                "said": _("The rest follows on 24 November."),
            },
            {"kind": "bad", "title": _("Red alert raised"), "at": now - timedelta(days=3)},
        ],
        "facts": [
            (pgettext_lazy("gallery", "Owner"), "三峡金沙江云川水电开发有限公司"),
            (_("Normal level"), "975 m"),
            (pgettext_lazy("gallery", "Left out"), ""),
        ],
        "photo": {"url": "#", "thumb": PIXEL, "alt": _("Dam, upstream"), "caption": _("Dam, upstream")},
    }


PIXEL = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'%3E"
    "%3Cpath fill='%2386b3b3' d='M0 0h4v3H0z'/%3E%3C/svg%3E"
)
