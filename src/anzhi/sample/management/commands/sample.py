"""`manage sample`: build the sample province once."""

from datetime import date
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from anzhi.sample import build, desk, offices


class Command(BaseCommand):
    """Builds it when there is none; keeps to the day of the one that stands."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The day."""
        parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="the sample's day (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or say what stands."""
        if not getattr(settings, "DEMO", False):
            raise CommandError("The sample province is for demonstrations only; this is not one.")
        standing = build.standing()
        if standing:
            self.stdout.write(f"示例省份已建，数据截至 {standing}；--fresh 重建")
        elif build.begun():
            raise CommandError("上一次示例数据没有建完；./anzhi demo --fresh 重建")
        else:
            build.build(options["as_of"] or timezone.localdate(), self.stdout.write)
        # a figure that came with an update has no sums kept yet
        call_command("rebuild_indicators", verbosity=0, stdout=StringIO())
        call_command("demo_accounts", verbosity=0)
        day = build.standing() or timezone.localdate()
        offices.build(day, self.stdout.write)
        desk.build(day, self.stdout.write)
