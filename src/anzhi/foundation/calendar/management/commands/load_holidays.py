"""`manage load_holidays`: the announced years of PyPI `chinesecalendar`."""

from collections import defaultdict
from datetime import date
from typing import Any

from chinese_calendar.constants import Holiday, holidays, workdays
from django.core.management.base import BaseCommand

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.calendar.queries import announced
from anzhi.foundation.calendar.rules import Named
from anzhi.foundation.calendar.services import announce_year

SOURCE = "国务院办公厅历年放假通知"
CHINESE = {holiday.value: holiday.chinese for holiday in Holiday}


def known_years() -> dict[int, dict[date, Named]]:
    """Each year the package knows, with its named days in Chinese."""
    years: dict[int, dict[date, Named]] = defaultdict(dict)
    for days, working in ((holidays, False), (workdays, True)):
        for day, name in days.items():
            years[day.year][day] = Named(working, CHINESE.get(name, name))
    return years


class Command(BaseCommand):
    """Adds years that are missing; a year that an office imported is never touched."""

    help = "Load the announced holidays and make-up working days. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing."""
        with system_scope():
            there = announced()
            for year, named in sorted(known_years().items()):
                if year not in there:
                    announce_year(by=SYSTEM, year=year, named=named, source=SOURCE)
