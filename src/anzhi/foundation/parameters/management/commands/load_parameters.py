"""`manage load_parameters`: the first value of every parameter."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.parameters.services import seed

SHEET = Path(__file__).resolve().parents[2] / "data" / "parameters.csv"


class Command(BaseCommand):
    """Adds parameters that are missing; one that exists is never touched, whoever set it."""

    help = "Load the parameters that law and domain give. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing."""
        with SHEET.open(newline="", encoding="utf-8") as sheet, system_scope():
            added = seed(by=SYSTEM, rows=list(csv.DictReader(sheet)))
        if options["verbosity"]:
            self.stdout.write(f"{added} parameters added")
