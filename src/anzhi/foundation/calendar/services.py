"""Writes of the calendar: a year's notice."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.door import action
from anzhi.foundation.calendar.models import Day, Year
from anzhi.foundation.calendar.rules import Named


def announce_year(*, by: Actor, year: int, named: Mapping[date, Named], source: str) -> Year:
    """Take a year's notice as what holds from now on; a notice taken before is replaced, and the trail keeps both."""
    demand(by, Permission.CALENDAR_EDIT)
    if not named or any(day.year != year for day in named):
        raise ValidationError(_("A notice names days of its own year, at least one."))
    row = Year(year=year, source=source)
    with action("calendar.year_announced", by=by, on=row, year=year, source=source) as facts:
        facts["before"] = _printed(Day.objects.filter(date__year=year))
        Year.objects.update_or_create(year=year, defaults={"source": source})
        Day.objects.filter(date__year=year).delete()
        rows = [Day(date=day, working=what.working, name=what.name) for day, what in sorted(named.items())]
        Day.objects.bulk_create(rows)
        facts |= {"after": _printed(rows), "days": len(rows)}
    return row


def _printed(rows: Iterable[Day]) -> list[str]:
    return [f"{day.date:%Y-%m-%d} {'班' if day.working else '休'} {day.name}" for day in rows]
