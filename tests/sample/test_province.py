"""The sample province as it stands: its facts, its two cases, and that the engine alone made its alerts."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum

from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.parameters import clock
from anzhi.management.plans.models import Allocation
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.funds.models import Bank, Statement, StatementFile, SupervisedAccount, Transaction
from harness.databases import SAMPLE_DAY

pytestmark = pytest.mark.slow
DAY = date.fromisoformat(SAMPLE_DAY)
KEY = ("type", "subject", "level", "amount", "days", "region_code")


def holding() -> set[tuple]:
    """Alerts whose condition holds today."""
    return set(Alert.objects.filter(gone_on=None).exclude(state="false_positive").values_list(*KEY))


def test_the_facts_of_the_sample(sample_db: str) -> None:
    with system_scope(), transaction.atomic():
        assert clock.today() == DAY
        assert SupervisedAccount.objects.count() == 311
        assert Bank.objects.filter(accounts__isnull=False).distinct().count() == 13
        assert 45_000 < Transaction.objects.count() < 75_000
        assert set(StatementFile.objects.values_list("state", flat=True)) == {"imported"}
        kinds = set(StatementFile.objects.values_list("mapping", flat=True)) - {""}
        assert {"icbc", "abc", "boc", "ccb", "bocom"} <= kinds
        assert not SupervisedAccount.objects.filter(broken_chains__gt=0).exists()
        assert not SupervisedAccount.objects.filter(balance__lt=0).exists()


def test_totals_are_the_rows(sample_db: str) -> None:
    with system_scope(), transaction.atomic():
        for account in SupervisedAccount.objects.order_by("?")[:25]:
            first = Statement.objects.filter(account=account).order_by("from_date").values_list("opening", flat=True)[0]
            sums = Transaction.objects.filter(account=account).values("credit").annotate(s=Sum("amount"))
            moved = {row["credit"]: row["s"] for row in sums}
            assert account.balance == first + moved.get(True, Decimal(0)) - moved.get(False, Decimal(0))


def test_four_million_never_used(sample_db: str) -> None:
    with region_scope("532328"), transaction.atomic():
        alert = Alert.objects.get(type="IDLE_FUND", level="red", region_code="532328000000")
        assert alert.amount == Decimal("4120000.00")
        assert alert.days > 730


def test_three_hundred_million_kept_in_a_prefecture(sample_db: str) -> None:
    with region_scope("5323"), transaction.atomic():
        alert = Alert.objects.get(type="TRANSFER_LATE", region_code="532300000000", level="red")
        assert (alert.amount, alert.days) == (Decimal("300000000.00"), 43)
        legs = Allocation.objects.filter(from_agency=alert.agency, document_key=alert.facts["document_key"])
        sums = legs.aggregate(due=Sum("amount"), came=Sum("arrived"))
        assert sums["due"] - sums["came"] == alert.amount


def test_no_alert_was_inserted(sample_db: str) -> None:
    with system_scope(), transaction.atomic():
        before = holding()
        levels = {row[2] for row in before}
        assert levels == {"red", "yellow", "blue"}
        Alert.objects.all().delete()
        engine.run(as_of=DAY)
        assert holding() == before
