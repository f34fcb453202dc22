"""`manage shots`: pictures of the pages, and a list of what is wrong with them."""

import os
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import demo
from anzhi.site.shots.browser import chromium
from anzhi.site.shots.pages import PAGES, Shot
from anzhi.site.shots.taking import THEMES, View, views, visits


class Command(BaseCommand):
    """Opens every page of the list on a site that runs already; `./anzhi shots` starts one."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which pages, of which site."""
        parser.add_argument("pages", nargs="*", help="names of pages; all without one")
        parser.add_argument("--base", required=True, help="where the site runs, http://localhost:8000")
        parser.add_argument("--theme", choices=THEMES, help="one theme only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take them all; fail in the end when anything is wrong."""
        base, themes = options["base"].rstrip("/"), [options["theme"]] if options["theme"] else THEMES
        password = os.environ.get("ANZHI_DEMO_PASSWORD") or demo.DEFAULT_PASSWORD
        wanted = chosen(options["pages"])
        with system_scope(), transaction.atomic():
            demo.make(password)
        with system_scope(), transaction.atomic():
            found, absent = views(wanted, themes)
        wrong = [f"{name}: no such row in this database" for name in absent]
        wrong += self._take(found, base, password)
        if wrong:
            raise CommandError(f"{len(wrong)} faults:\n  " + "\n  ".join(wrong))

    def _take(self, found: list[View], base: str, password: str) -> list[str]:
        folder, begun = settings.VAR / "shots", time.monotonic()
        folder.mkdir(exist_ok=True)
        names = frozenset(account.username for account in demo.ACCOUNTS)
        wrong: list[str] = []
        with chromium() as browser:
            for view, faults in visits(browser, base, found, password, folder, names):
                self.stdout.write(f"{'✗' if faults else '✓'} {view.name}")
                wrong += [f"{view.name} as {view.account or 'nobody'}: {fault}" for fault in faults]
        self.stdout.write(f"{len(found)} pictures in {folder}, {time.monotonic() - begun:.0f} s")
        return wrong


def chosen(names: list[str]) -> list[Shot]:
    """The pages of these names; raises CommandError for a name that is none."""
    unknown = set(names) - {shot.name for shot in PAGES}
    if unknown:
        known = " ".join(shot.name for shot in PAGES)
        raise CommandError(f"no such page: {' '.join(sorted(unknown))}; there are: {known}")
    return [shot for shot in PAGES if not names or shot.name in names]
