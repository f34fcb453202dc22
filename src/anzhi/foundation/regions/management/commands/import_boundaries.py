"""`manage import_boundaries FILE --level county`: check an official file, report, and store it when told to."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions.imports.checking import Wishes
from anzhi.foundation.regions.imports.sentences import sentence
from anzhi.foundation.regions.models import BoundaryImport, ImportState, Level
from anzhi.foundation.regions.services import boundaries


class Command(BaseCommand):
    """Without --commit nothing but the report is kept."""

    help = "Check a boundary file (GeoJSON, GeoPackage, zipped shapefile); with --commit also store it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the person says about the file."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--level", choices=[Level.COUNTY, Level.TOWN], default=Level.COUNTY)
        parser.add_argument("--crs", default="", help="EPSG number, where the file states none: 4490, 4543, …")
        parser.add_argument("--convert", action="store_true", help="mend shifts, swapped axes and dissolved codes")
        parser.add_argument("--commit", action="store_true", help="store the boundaries when the report allows it")
        parser.add_argument("--source", default="", help="where the file comes from; shown beside every map")
        parser.add_argument("--approval", default="", help="map approval number (审图号)")
        parser.add_argument("--valid-from", type=date.fromisoformat, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Report, and store on request."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"no such file: {path}")
        if options["commit"] and not (options["source"] and options["valid_from"]):
            raise CommandError("--commit needs --source and --valid-from")
        wishes = Wishes(options["level"], options["crs"], options["convert"])
        with system_scope():
            reported = boundaries.report(by=SYSTEM, path=path, wishes=wishes)
            self.show(reported)
            if reported.state == ImportState.REFUSED:
                raise CommandError("the file cannot be stored; the errors above say why")
            if options["commit"]:
                self.store(reported, path, options)

    def store(self, reported: BoundaryImport, path: Path, options: dict[str, Any]) -> None:
        """Accept the reported file."""
        boundaries.accept(
            by=SYSTEM, reported=reported, path=path, source=options["source"], approval=options["approval"],
            valid_from=options["valid_from"],
        )  # fmt: skip
        self.stdout.write(f"stored as edition {reported.edition_id}")

    def show(self, reported: BoundaryImport) -> None:
        """The report as lines."""
        report = reported.report
        self.stdout.write(f"{report['file']}: {report['units']} units, {report['system'] or '?'}")
        for finding in report["findings"]:
            line = f"{finding['severity']:8}{finding['where']:13}{sentence(finding['kind'], finding['facts'])}"
            self.stdout.write(line.replace("\n", " "))
        for kind, count in report["counts"].items():
            listed = sum(finding["kind"] == kind for finding in report["findings"])
            if count > listed:
                self.stdout.write(f"… and {count - listed} more: {kind}")
