"""Reads of the trail: what happened to a thing, what happened at all, until when it is sealed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anzhi.foundation.access.context import Scope
from anzhi.foundation.audit.models import Event, Seal
from anzhi.foundation.audit.presenters import sentence

RECENT = timedelta(minutes=5)


@dataclass(frozen=True)
class Step:
    """An event as the trail component shows it."""

    title: str
    who: str
    at: datetime
    kind: str = "done"
    said: str = ""
    url: str = ""


@dataclass(frozen=True)
class Sealed:
    """How far the seals reach. `late`: events have waited longer than any running work explains."""

    seals: int
    until: datetime | None
    waiting: int
    late: bool


def events(scope: Scope | None) -> QuerySet[Event]:
    """Every event of the scope."""
    return Event.objects.within(scope) if scope else Event.objects.none()


def event(scope: Scope | None, number: int) -> Event | None:
    """One event of the scope."""
    return events(scope).filter(pk=number).first()


def history(subject: Model, limit: int = 50) -> list[Step]:
    """What happened to one thing, newest first: for `audit/_history.html` on its page."""
    rows = Event.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("-id")
    return [step(row) for row in rows[:limit]]


def step(row: Event) -> Step:
    """An event for the trail component."""
    return Step(title=sentence(row), who=who(row), at=row.at)


def who(row: Any) -> str:
    """The actor as a page names them; the system by its own word."""
    name = {"system": _("the system"), "": _("not known")}.get(row.actor_label, row.actor_label)
    return f"{name}（{row.actor_agency}）" if row.actor_agency else name


def seal_of(row: Event) -> Seal | None:
    """The seal an event lies under; None while it waits."""
    return Seal.objects.filter(below__gt=row.xid).defer("leaves").order_by("below").first()


def sealed() -> Sealed:
    """How far the seals reach, by what the reader may see."""
    last = Seal.objects.defer("leaves").order_by("-number").first()
    waiting = Event.objects.filter(xid__gte=last.below) if last else Event.objects.all()
    oldest = waiting.order_by("xid").values_list("at", flat=True).first()
    late = oldest is not None and timezone.now() - oldest > RECENT
    return Sealed(last.number if last else 0, last.at if last else None, waiting.count(), late)


def address_of(row: Event) -> str:
    """The page of an event's subject, where its app says where that is; else nothing."""
    found = _pages.get(row.subject_type)
    if found is None or not row.subject_id:
        return ""
    try:
        return reverse(found, args=[row.subject_id])
    except NoReverseMatch:
        return ""


_pages: dict[str, str] = {}


def subject_page(subject_type: str, url_name: str) -> None:
    """Say which page shows things of a type ("funds.supervisedaccount" → "funds:account", taking the key)."""
    _pages[subject_type] = url_name
