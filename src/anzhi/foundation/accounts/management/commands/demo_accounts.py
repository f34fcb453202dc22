"""`manage demo_accounts`: people to try Anzhi as, only where settings say that this is a demo."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import demo


class Command(BaseCommand):
    """Idempotent; all accounts share one password, from ANZHI_DEMO_PASSWORD or the printed default."""

    help = "Make the demo accounts (demo databases only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse outside a demo; else make them and print the list."""
        if not getattr(settings, "DEMO", False):
            raise CommandError("demo accounts exist only in a demo database (settings.DEMO)")
        password = os.environ.get("ANZHI_DEMO_PASSWORD") or demo.DEFAULT_PASSWORD
        with system_scope():
            accounts = demo.make(password)
        if not options["verbosity"]:
            return
        for account in accounts:
            self.stdout.write(f"  {account.username:22} {account.name}  {ROLES[account.role].zh}  {account.region}")
        shown = password if password == demo.DEFAULT_PASSWORD else "the one in ANZHI_DEMO_PASSWORD"
        self.stdout.write(f"  password of all: {shown}")
