"""`manage recode_region OLD NEW --from DAY`: a unit takes another code, and the rows of every app with it."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions import codes
from anzhi.foundation.regions.services.recode import NotRecodable, recode


class Command(BaseCommand):
    """One transaction: all rows move, or none."""

    help = "Give a county, town or village another code, or let a unit with nothing below it join another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two codes as people write them, the day, the new name."""
        parser.add_argument("old", type=codes.normalise, help="the code until then")
        parser.add_argument("new", type=codes.normalise, help="the code from then on")
        parser.add_argument("--from", dest="on", type=date.fromisoformat, required=True, help="its first day")
        parser.add_argument("--name", default="", help="the new name, where it changes")
        parser.add_argument("--short-name", default="", help="and its short form")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say which rows moved."""
        told = {key: options[key] for key in ("old", "new", "on", "name", "short_name")}
        try:
            with system_scope():
                moved = recode(by=SYSTEM, **told)
        except NotRecodable as refused:
            raise CommandError(str(refused)) from refused
        for place, count in moved.items():
            self.stdout.write(f"{place}: {count}")
        self.stdout.write(f"{options['old']} is {options['new']} from {options['on']} on")
