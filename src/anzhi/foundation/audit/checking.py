"""The check: every sealed event is there as it was, every seal follows the one before, the file agrees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import ledger
from anzhi.foundation.audit.leaves import COLUMNS, leaves
from anzhi.foundation.audit.models import Event, Seal
from anzhi.foundation.audit.rules import START, merkle, unpack


class Broken(Exception):
    """The first thing that is not as it was sealed; the message is a sentence."""


@dataclass(frozen=True)
class Report:
    """What a check that found nothing has looked at."""

    events: int
    seals: int
    unsealed: int


def verify(since: datetime | None = None, until: datetime | None = None) -> Report:
    """Check the seals made in a period (default: all). Raises Broken at the first fault."""
    outside = _outside()  # before the database: a seal made meanwhile may be missing here, never there
    with system_scope(), transaction.atomic():
        last = Seal.objects.order_by("number").last()
        if last is None:
            _check_end(0, outside)
            return Report(0, 0, Event.objects.count())
        events = checked = 0
        for before, seal in _pairs(_between(Seal.objects.filter(number__lte=last.number), since, until)):
            _check_link(before, seal, outside)
            _check_events(before, seal)
            events, checked = events + seal.count, checked + 1
        _check_end(last.number, outside)
        return Report(events, checked, Event.objects.filter(xid__gte=last.below).count())


def _outside() -> list[ledger.Line]:
    try:
        return ledger.read(ledger.path())
    except ledger.Unreadable as fault:
        raise Broken(_("The file of seals was changed: %(line)s is not a seal.") % {"line": fault}) from fault


def _between(seals: QuerySet[Seal], since: datetime | None, until: datetime | None) -> QuerySet[Seal]:
    if since:
        seals = seals.filter(at__gte=since)
    return (seals.filter(at__lte=until) if until else seals).order_by("number")


def _pairs(seals: QuerySet[Seal]) -> Iterator[tuple[Seal | None, Seal]]:
    """Each seal with the one before it; the first also, when a period begins in the middle."""
    before: Seal | None = None
    for position, seal in enumerate(seals.iterator(chunk_size=50)):
        if position == 0:
            before = Seal.objects.filter(number__lt=seal.number).order_by("number").last()
        yield before, seal
        before = seal


def _check_link(before: Seal | None, seal: Seal, outside: list[ledger.Line]) -> None:
    expected = before.number + 1 if before else 1
    if seal.number != expected:
        raise Broken(_("Seal %(number)s was removed.") % {"number": expected})
    changed = Broken(_("Seal %(number)s was changed.") % {"number": seal.number})
    if bytes(seal.previous) != (bytes(before.hash) if before else START) or seal.version not in COLUMNS:
        raise changed
    if seal.stamp.digest() != bytes(seal.hash):
        raise changed
    if seal.number <= len(outside) and outside[seal.number - 1].digest != bytes(seal.hash).hex():
        raise Broken(_("Seal %(number)s is not the one in the file of seals.") % {"number": seal.number})
    try:
        sealed = list(unpack(bytes(seal.leaves)))
    except ValueError:
        raise changed from None
    if not sealed or merkle(sealed) != bytes(seal.root):
        raise changed


def _check_events(before: Seal | None, seal: Seal) -> None:
    """Compare what was sealed with what is there; the lowest number that differs is named."""
    there = dict(leaves(seal.version, before.below if before else None, seal.below))
    sealed = dict(unpack(bytes(seal.leaves)))
    if there == sealed:
        return
    number = min(number for number in there.keys() | sealed.keys() if there.get(number) != sealed.get(number))
    facts = {"event": number, "seal": seal.number}
    if number not in sealed:
        raise Broken(_("Event %(event)s was inserted after seal %(seal)s was made.") % facts)
    if number not in there and not Event.objects.filter(pk=number).exists():
        raise Broken(_("Event %(event)s was removed after seal %(seal)s was made.") % facts)
    raise Broken(_("Event %(event)s was changed after seal %(seal)s was made.") % facts)


def _check_end(made: int, outside: list[ledger.Line]) -> None:
    facts = {"known": len(outside), "made": made}
    if len(outside) > made:
        raise Broken(_("The end was cut off: the file knows %(known)s seals, the database %(made)s.") % facts)
    if len(outside) < made - 1:
        raise Broken(_("The file of seals was cut off: it knows %(known)s seals, the database %(made)s.") % facts)
