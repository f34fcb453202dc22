"""The pages of trail, parameters and calendar in a browser: quiet, clean, nothing sideways, both themes."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit.models import Event
from anzhi.foundation.audit.sealing import seal
from anzhi.foundation.parameters import clock, queries
from anzhi.foundation.parameters.services import set_value
from anzhi.site.shots.looking import faults
from foundation.audit.conftest import happen
from harness.people import client_of, user_at
from harness.server import DESK, PHONE, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def furnish() -> dict[str, str]:
    """A trail with a seal, a parameter that was changed; the pages to look at."""
    with system_scope():
        row = queries.current(clock.today()).get(code="idle_fund.blue.days")
        given = {"valid_from": clock.today(), "legal_basis": "云搬发〔2026〕63号", "note": "试行一年"}
        new = set_value(by=SYSTEM, parameter=row, value=Decimal(150), **given)
    happen("fund_account.revealed", reason="核对大额支付")
    seal()
    happen("account.reopened")
    return {
        "audit": "/audit/",
        "audit-none": "/audit/?who=无此人",
        "event": f"/audit/{_first()}/",
        "parameters": "/parameters/",
        "parameter": f"/parameters/{new.pk}/",
        "parameter-set": f"/parameters/{new.pk}/set/",
        "calendar": "/calendar/2026/",
        "calendar-later": "/calendar/2031/",
        "notice": "/calendar/notice/",
    }


def _first() -> int:
    from django.db import transaction

    with system_scope(), transaction.atomic():
        return Event.objects.filter(name="fund_account.revealed").latest("id").pk


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_clean_in_both_themes(server: str, browser: Any, settings: Any, tmp_path: Path, size: Any) -> None:
    settings.SEALS_ROOT = tmp_path
    pages = furnish()
    person = user_at("sysadmin", "auditor_ro", region="53", name="段云岫")
    cookie = client_of(person).cookies["sessionid"].value
    wrong: list[str] = []
    with opened(browser, server, size) as page:
        for theme in ("light", "dark"):
            page.context.add_cookies(
                [
                    {"name": "sessionid", "value": cookie, "url": server},
                    {"name": "theme", "value": theme, "url": server},
                ]
            )
            for name, path in pages.items():
                page.goto(path, wait_until="networkidle")
                if folder := os.environ.get("ANZHI_PICTURES"):
                    page.screenshot(path=f"{folder}/{name}-{theme}-{size[0]}.png", full_page=True)
                wrong += [f"{path} {theme}: {fault}" for fault in faults(page)]
        wrong += page.complaints
    assert not wrong, "\n".join(wrong)
