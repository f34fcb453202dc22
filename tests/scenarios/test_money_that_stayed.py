"""The whole way, with files only: a sheet of allocations, a bank's file in the inbox, an alert, its life, its seal.

Everything commits in a database of its own; nothing is inserted behind the back of the services.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.accounts.queries import actor_for
from anzhi.foundation.audit.models import Event
from anzhi.foundation.audit.sealing import seal
from anzhi.foundation.live.models import LiveEvent
from anzhi.foundation.parameters import clock
from anzhi.management.plans import services as plans
from anzhi.management.plans.models import Allocation
from anzhi.management.plans.sheet_rows import AllocationRow
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.funds.inbox import places, taking
from anzhi.supervision.funds.jobs import import_statement
from anzhi.supervision.funds.models import StatementFile, Transaction
from anzhi.supervision.funds.states import FileState
from harness.people import FOREIGN, agency_at, client_of, user_at
from supervision.funds import camt
from supervision.funds.conftest import own_files
from supervision.funds.factories import account, number

__all__ = ["own_files"]
pytestmark = [pytest.mark.slow]
TODAY, DUE = date(2026, 11, 22), date(2026, 10, 10)
DOCUMENT, TOGETHER = "云搬发〔2026〕63号", Decimal("300000000.00")
PREFECTURE, COUNTY = "5323", "532328"
PARTY = (
    "<NtryDtls><TxDtls><RltdPties><{who}><Pty><Nm>{name}</Nm></Pty></{who}>"
    "<{who}Acct><Id><Othr><Id>{account}</Id></Othr></Id></{who}Acct></RltdPties>"
    "<RmtInf><Ustrd>{document}</Ustrd></RmtInf></TxDtls></NtryDtls>"
)


@contextmanager
def everywhere() -> Iterator[None]:
    """One transaction that sees all regions."""
    with system_scope(), transaction.atomic():
        yield


class Bank:
    """One account at its bank, which sends a camt file for each stretch of days into the inbox."""

    def __init__(self, region: str) -> None:
        self.number, self.balance, self.until = number(), Decimal(0), date(2026, 8, 31)
        with everywhere():
            self.account = account(self.number, region=region)

    def sends(self, until: date, *moves: tuple[date, str, str]) -> StatementFile:
        """A file from the day after the last one; each move is day, signed amount, other account."""
        first, self.until = self.until + timedelta(days=1), until
        name, opening = f"{self.number[-4:]}-{until}", self.balance
        text = camt.HEAD.format(name=name, account=self.number, first=first, last=until) + balance(
            "OPBD", opening, first
        )
        for day, amount, other in moves:
            self.balance += Decimal(amount)
            text += entry(day, Decimal(amount), other, f"{name}-{day}")
        path = places.folder() / f"{name}.xml"
        path.write_text(text + balance("CLBD", self.balance, until) + camt.TAIL)
        file = taking.take(path)
        assert file is not None
        import_statement(file=file.pk)  # what a worker does with the job that `take` left
        with everywhere():
            return StatementFile.objects.get(pk=file.pk)


def balance(code: str, amount: Decimal, day: date) -> str:
    return camt.BALANCE.format(code=code, amount=abs(amount), side="DBIT" if amount < 0 else "CRDT", day=day)


def entry(day: date, amount: Decimal, other: str, ref: str) -> str:
    side, who = ("CRDT", "Dbtr") if amount > 0 else ("DBIT", "Cdtr")
    written = camt.ENTRY.format(amount=abs(amount), side=side, day=day, ref=ref)
    head, _, rest = written.partition("<NtryDtls>")
    party = PARTY.format(who=who, name="搬迁安置办", account=other, document=DOCUMENT)
    return head + party + rest.partition("</NtryDtls>")[2]


def sheet(path: Path) -> Path:
    """The province's sheet: the prefecture is to pass three hundred million on to a county."""
    book = Workbook()
    book.active.append(list(AllocationRow.columns()))
    offices = [agency_at(code).name for code in (PREFECTURE, COUNTY)]
    book.active.append(
        ["A-63", "", "", *offices, "后期扶持-项目", str(TOGETHER), DOCUMENT, str(DUE - timedelta(days=30)), str(DUE)]
    )
    book.save(path)
    return path


@pytest.fixture
def world(live_db: str, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """An empty database that commits, folders of its own, and a clock that stands at one day."""
    settings.SEALS_ROOT = tmp_path / "seals"
    settings.SEALS_ROOT.mkdir()
    with clock.turned_to(TODAY):
        yield tmp_path


def monitor(region: str) -> Client:
    with everywhere():
        return client_of(user_at("fund_monitor", region=region))


def acts(client: Client, alert: Alert, *names: str) -> list[int]:
    """Status of each act, done through the page's own form."""
    return [
        client.post(reverse(f"alerts:act-{name}", args=[alert.number]), {"note": "已核对银行回单"}).status_code
        for name in names
    ]


def test_from_a_sheet_to_a_sealed_end(world: Path) -> None:
    upper, lower = Bank(PREFECTURE), Bank(COUNTY)
    with everywhere():
        finance = actor_for(user_at("finance", region="53"))
        assert plans.import_allocations(path=sheet(world / "拨款.xlsx"), name="拨款.xlsx", by=finance).accepted

    # The money reaches the prefecture and stays there: its own bank's file is what tells.
    told = upper.sends(TODAY, (date(2026, 9, 20), str(TOGETHER), "9999000011112222"))
    assert (told.state, told.added, told.raised) == (FileState.IMPORTED, 1, 1)
    with everywhere():
        alert = Alert.objects.get()
        assert (alert.type, alert.level, alert.amount, alert.days) == ("TRANSFER_LATE", "red", TOGETHER, 43)
        news = LiveEvent.objects.filter(topic="alert").latest("pk")
        assert (news.region_code, news.payload["number"]) == ("532300000000", alert.number)

    # The prefecture and the province read it; a county, another prefecture's county and its search find nothing.
    page = reverse("alerts:alert", args=[alert.number])
    own, province = monitor(PREFECTURE), monitor("53")
    assert "3.00 亿元" in own.get(page).text
    assert DOCUMENT in province.get(page).text
    for stranger in (monitor(COUNTY), monitor(FOREIGN)):
        assert stranger.get(page).status_code == 404
        assert alert.number not in stranger.get(reverse("alerts:alerts")).text
        assert acts(stranger, alert, "acknowledge") == [404]
    with region_scope(FOREIGN), transaction.atomic():
        assert not Alert.objects.exists()
        assert not LiveEvent.objects.filter(payload__number=alert.number).exists()
        assert not Transaction.objects.exists()

    # It is handled, but nobody may end it while the money stands still; nor who handled it.
    assert acts(own, alert, "acknowledge", "explain", "verify", "verify") == [302] * 4
    assert acts(own, alert, "close") == [403]
    assert acts(province, alert, "close") == [403]

    # The money moves: both banks' files show it, the legs match by document, the condition is over.
    passed = TODAY + timedelta(days=1)
    with clock.turned_to(passed):
        assert lower.sends(passed, (passed, str(TOGETHER), upper.number)).state == FileState.IMPORTED
        assert upper.sends(passed, (passed, f"-{TOGETHER}", lower.number)).state == FileState.IMPORTED
        with everywhere():
            leg = Allocation.objects.get(number="A-63")
            alert.refresh_from_db()
            assert (leg.state, leg.sent, leg.arrived) == ("arrived", TOGETHER, TOGETHER)
            assert alert.gone_on == passed
        assert acts(province, alert, "close") == [302]

    # The end is on record, and the record is whole.
    with everywhere():
        alert.refresh_from_db()
        assert alert.state == "closed"
        left = set(Event.objects.values_list("name", flat=True))
    assert left >= {"statement.imported", "alert.raised", "alert.acknowledge", "alert.turned", "alert.close"}
    assert seal() > 0
    call_command("audit", "verify")


def test_the_same_files_again_change_nothing(world: Path) -> None:
    upper = Bank(PREFECTURE)
    moves = ((date(2026, 9, 20), "500.00", "1" * 16), (date(2026, 9, 20), "500.00", "1" * 16))
    first = upper.sends(TODAY, *moves)
    upper.balance, upper.until = Decimal(0), date(2026, 8, 31)
    again = upper.sends(TODAY, *moves)

    assert (first.added, again.state) == (2, FileState.KNOWN)
    with everywhere():
        assert Transaction.objects.count() == 2
