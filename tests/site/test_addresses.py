"""The map of the site, as docs/urls.txt keeps it for review."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from anzhi.site.addresses import addresses, listing

PAGE = Path(__file__).parents[2] / "docs/urls.txt"


def test_the_map_on_paper_is_the_map() -> None:
    assert PAGE.read_text() == listing(), "./anzhi manage urls --write, and look at what changed"


def test_names_hold_their_app_and_views_their_module() -> None:
    found = {address.name: address for address in addresses()}
    assert found["funds:account"].path == "funds/accounts/<int:pk>/"
    assert found["funds:account"].permission == "transaction_view"
    assert found["funds:account"].shown == "supervision.funds.views.accounts.AccountPage"
    assert found["healthz"].permission == "public"
    assert found["healthz"].shown == "site.health.healthz"


def test_the_command_prints_or_writes(tmp_path: Path, settings: Any) -> None:
    out = StringIO()
    call_command("urls", stdout=out)
    assert out.getvalue() == listing()
    settings.ROOT = tmp_path
    with pytest.raises(CommandError, match="no source tree"):
        call_command("urls", write=True)
    (tmp_path / "docs").mkdir()
    call_command("urls", write=True)
    assert (tmp_path / "docs/urls.txt").read_text() == listing()
