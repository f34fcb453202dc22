"""What runs without anybody's hand: the rules by the clock, matching after a sheet; and the command."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from anzhi.foundation.jobs import registry
from anzhi.foundation.parameters import clock
from anzhi.management.plans import hooks
from anzhi.management.plans.hooks import Taken
from anzhi.management.plans.models import Allocation, PlanFile
from anzhi.supervision.alerts import jobs, queries
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import following
from harness.acting import acting
from supervision.alerts.factories import DOCUMENT, TODAY, Office, allocation, gets, pays

pytestmark = pytest.mark.usefixtures("spoken")


def owed(days: int = 43, amount: str = "300000000") -> Office:
    """A prefecture that has statements up to today and passed nothing on."""
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=days)
    prefecture.tells(until=TODAY)
    allocation(prefecture, county, amount, issued=due - timedelta(days=30), due=due)
    return prefecture


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("alerts", *arguments, stdout=out)
    return out.getvalue()


def test_absence_is_seen_by_the_clock_without_any_import() -> None:
    owed()
    assert not Alert.objects.exists()
    with clock.turned_to(TODAY):
        jobs.run()
    assert (Alert.objects.get().level, Alert.objects.get().days) == ("red", 43)


def test_the_rules_are_enqueued_by_the_clock() -> None:
    assert {"alerts.run", "alerts.run@clock", following.TASK} <= set(registry.names())


def test_a_sheet_of_allocations_asks_for_the_matching_once() -> None:
    assert following.ask in hooks._hooks


@pytest.mark.django_db
def test_earlier_rows_find_a_new_allocation_and_the_rule_looks_again() -> None:
    prefecture, county = Office("5323"), Office("532328")
    issued = TODAY - timedelta(days=70)
    prefecture.tells(pays(county, "500000", issued, DOCUMENT), until=TODAY)
    county.tells(gets(prefecture, "500000", issued, DOCUMENT), until=TODAY)
    with acting():
        file = PlanFile.objects.create(
            region_code="530000000000",
            name="拨付.xlsx",
            sha256="0" * 64,
            kind="allocations",
            by_label="",
            accepted=True,
        )
    legs = [
        allocation(prefecture, county, "500000", issued=issued),
        allocation(prefecture, county, "80000000", issued=issued, document="云搬发〔2026〕64号"),
    ]
    with acting():
        Allocation.objects.filter(pk__in=[leg.pk for leg in legs]).update(file=file)
    with clock.turned_to(TODAY):
        jobs.follow_plans(file=file.pk)
    legs[0].refresh_from_db()
    assert (legs[0].state, legs[0].arrived) == ("arrived", Decimal("500000.00"))
    assert [(a.type, a.amount) for a in Alert.objects.all()] == [("TRANSFER_LATE", Decimal("80000000.00"))]
    with clock.turned_to(TODAY):
        jobs.follow_plans(file=file.pk)
    assert Alert.objects.count() == 1
    following.ask(Taken(file.pk, 2))


def test_run_as_of_a_day_says_what_it_did_and_repeats_nothing() -> None:
    owed()
    first = json.loads(told("run", "--as-of", TODAY.isoformat(), "--json"))
    assert (first["as_of"], first["raised"]) == (TODAY.isoformat(), 1)
    again = json.loads(told("run", "--as-of", TODAY.isoformat(), "--json"))
    assert (again["raised"], again["turned"], again["numbers"]) == (0, 0, [])
    assert "0 raised" in told("run", "--as-of", TODAY.isoformat())


def test_list_and_explain_tell_what_the_page_tells() -> None:
    owed()
    told("run", "--as-of", TODAY.isoformat())
    alert = Alert.objects.get()
    assert alert.number in told("list")
    (line,) = told("list", "--level", "red", "--json").splitlines()
    assert json.loads(line)["amount"] == "300000000.00"
    assert told("list", "--type", "IDLE_FUND") == ""
    assert "预算法" in told("explain", alert.number)
    whole = json.loads(told("explain", alert.number, "--json"))
    assert whole["facts"]["missing"] == 30_000_000_000
    assert whole["limits"]["red_amount"].startswith("100000000")
    with pytest.raises(CommandError):
        told("explain", "YJ-20200101-0001")


def test_red_stands_before_yellow_before_blue_and_the_largest_first() -> None:
    for days, document in ((12, "云搬发〔2026〕1号"), (40, "云搬发〔2026〕2号"), (3, "云搬发〔2026〕3号")):
        prefecture, county = Office("5323"), Office("532328")
        due = TODAY - timedelta(days=days)
        allocation(prefecture, county, "5000", issued=date(2026, 9, 1), due=due, document=document)
        prefecture.tells(until=TODAY)
    told("run", "--as-of", TODAY.isoformat())
    assert [a.level for a in queries.by_rank(queries.open_alerts(""))] == ["red", "yellow", "blue"]
