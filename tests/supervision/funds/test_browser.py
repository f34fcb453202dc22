"""In Chromium: rows that come by themselves, files chosen by hand, nothing that leaves the screen."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.funds import raw
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import Source
from harness.people import PASSWORD, user_at
from harness.server import DESK, PHONE, log_in, opened
from supervision.funds import camt
from supervision.funds.factories import account, number

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TELL = "document.dispatchEvent(new CustomEvent('live:{}', {{detail: {{payload: {{file: {}}}}}}}))"


def bring(path: Path) -> StatementFile:
    with system_scope():
        file = receiving.receive(raw.blocks_of(path), name=path.name, source=Source.CLI, by=SYSTEM)
        return importing.import_file(file.pk)


@pytest.fixture
def mine(server: str, tmp_path: Path) -> SupervisedAccount:
    written = number()
    with system_scope(), transaction.atomic():
        user_at("fund_monitor", username="monitor", password=PASSWORD)
        made = account(written)
    camt.month(tmp_path / "march.xml", written, 60)
    bring(tmp_path / "march.xml")
    return made


def complaints(page: Any) -> list[str]:
    """What the browser complained of, less the stream that this test's server does not have."""
    return [said for said in page.complaints if "/live/events" not in said]


def test_a_file_that_arrives_appears_without_reload(
    mine: SupervisedAccount, server: str, browser: Any, tmp_path: Path
) -> None:
    with opened(browser, server, DESK) as page:
        log_in(page, "monitor", PASSWORD)
        page.goto("/funds/statements/")
        page.evaluate("window.stayed = true")
        camt.month(tmp_path / "unknown.xml", "6228480000001234", 2)
        file = bring(tmp_path / "unknown.xml")
        with system_scope(), transaction.atomic():
            StatementFile.objects.filter(pk=file.pk).update(region_code="532328000000")
        page.evaluate(TELL.format("funds.refused", file.pk))
        page.get_by_text("unknown.xml").wait_for()

        assert page.evaluate("window.stayed")
        assert complaints(page) == []


def test_files_are_chosen_and_brought_in(mine: SupervisedAccount, server: str, browser: Any, tmp_path: Path) -> None:
    camt.month(tmp_path / "april.xml", "6228480000001234", 2)
    with opened(browser, server, PHONE) as page:
        log_in(page, "monitor", PASSWORD)
        page.goto("/funds/statements/upload/")
        page.set_input_files("input[type=file]", tmp_path / "april.xml")
        assert "april.xml" in page.inner_text("[data-drop-names]")
        page.click("form.az-form button[type=submit]")
        page.wait_for_url("**/statements/*/")

        assert "april.xml" in page.inner_text("h1")
        assert page.locator("#progress").count() == 1
        assert complaints(page) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_leaves_the_screen(mine: SupervisedAccount, server: str, browser: Any, size: tuple[int, int]) -> None:
    with system_scope(), transaction.atomic():
        row = mine.transactions.order_by("pk").first()
        file = StatementFile.objects.get()
    places = ["accounts/", f"accounts/{mine.pk}/", f"accounts/{mine.pk}/reveal/", "transactions/"]
    places += [f"transactions/{row.pk}/", "statements/", f"statements/{file.pk}/", "statements/upload/", "banks/"]
    with opened(browser, server, size) as page:
        log_in(page, "monitor", PASSWORD)
        for place in places:
            page.goto(f"/funds/{place}")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size[0], (place, wide)
        assert complaints(page) == []
