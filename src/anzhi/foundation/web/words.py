"""Dates, ages and amounts in words, in the language of the request."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.money import formats

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def person(label: str) -> str:
    """Who did it, as a page names them: the system by its own word."""
    return _("the system") if label == SYSTEM.name else label


def local_day(value: date | datetime) -> date:
    """The calendar day here."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def prose_day(value: date | datetime) -> str:
    """11月23日 inside this year, 2025年11月23日 outside."""
    day = local_day(value)
    parts = {"year": day.year, "month": day.month, "day": day.day}
    if day.year == timezone.localdate().year:
        return _("%(month)d/%(day)d") % parts
    return _("%(year)d/%(month)d/%(day)d") % parts


def table_day(value: date | datetime) -> str:
    """11-23 inside this year, 2025-11-23 outside."""
    day = local_day(value)
    return f"{day:%m-%d}" if day.year == timezone.localdate().year else f"{day:%Y-%m-%d}"


def table_time(value: datetime, seconds: bool = False) -> str:
    """11-23 09:42, with seconds where a bank row needs them."""
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{table_day(value)} {here:%H:%M:%S}" if seconds else f"{table_day(value)} {here:%H:%M}"


def age(value: datetime, now: datetime | None = None) -> str:
    """Words under a day, days after."""
    passed = (now or timezone.now()) - value
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=1):
        minutes = passed.seconds // 60
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if passed < timedelta(days=1):
        hours = passed.seconds // 3600
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return ngettext("%(n)d day ago", "%(n)d days ago", passed.days) % {"n": passed.days}


def short_money(yuan: Decimal) -> tuple[str, str]:
    """Figure and unit for cards and text: ten thousands, then hundred millions."""
    figure, unit = formats.short(yuan)
    return figure, {"元": _("yuan"), "万元": _("10k yuan"), "亿元": _("100m yuan")}[unit]
