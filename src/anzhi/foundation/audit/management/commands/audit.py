"""`manage audit verify`: is the trail as it was sealed? Exit 0: yes. Exit 1: the first fault, in words."""

import sys
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from anzhi.foundation.audit.checking import Broken, verify


class Command(BaseCommand):
    """Checks; never repairs."""

    help = "Check the trail against its seals: ./anzhi audit verify [--from DAY] [--to DAY]"

    def add_arguments(self, parser: CommandParser) -> None:
        """verify, and the period in which the seals were made."""
        parser.add_argument("verb", choices=["verify"])
        parser.add_argument("--from", dest="since", metavar="DAY", help="seals made from this day or moment on")
        parser.add_argument("--to", dest="until", metavar="DAY", help="seals made up to this day or moment")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check."""
        since, until = moment(options["since"], time.min), moment(options["until"], time.max)
        try:
            report = verify(since, until)
        except Broken as fault:
            self.stderr.write(str(fault))
            sys.exit(1)
        words = _("The trail is whole: %(events)s events under %(seals)s seals; %(unsealed)s not sealed yet.")
        self.stdout.write(words % vars(report))


def moment(text: str | None, default: time) -> datetime | None:
    """A day or a moment as typed, in the zone of the site."""
    if not text:
        return None
    day = parse_date(text)
    found = datetime.combine(day, default) if day else parse_datetime(text)
    if found is None:
        raise SystemExit(_("Not a day: %(text)s") % {"text": text})
    return found if timezone.is_aware(found) else timezone.make_aware(found)
