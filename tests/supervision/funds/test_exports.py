"""Lists as sheets: the rows and sums of the page, numbers as numbers, no formula, no full account number."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from anzhi.supervision.funds.models import SupervisedAccount
from harness.people import client_for
from supervision.funds.factories import account, arrive, entry, statement

pytestmark = pytest.mark.usefixtures("spoken")
NUMBER = "6228480000004471"


def sheet(role: str, address: str, region: str = "532328") -> list[list[str]]:
    """The lines of a list exported as CSV."""
    mark = "&" if "?" in address else "?"
    answer = client_for(role, region=region).get(f"/funds/{address}{mark}export=csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def book(address: str) -> list[tuple[Any, ...]]:
    """The lines of a list exported as XLSX."""
    answer = client_for("fund_monitor").get(f"/funds/{address}?export=xlsx")
    page = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


@pytest.fixture
def mine() -> SupervisedAccount:
    made = account(NUMBER)
    arrive(
        statement(
            NUMBER,
            entry("+1000.10", ref="a", on=date(2026, 10, 1)),
            entry("-200.02", ref="b", on=date(2026, 10, 2)),
            entry("-0.08", ref="c", on=date(2026, 10, 3)),
        )
    )
    made.refresh_from_db()
    return made


def column(lines: list[list[str]], title: str) -> list[str]:
    """What stands below a title."""
    at = next(number for number, line in enumerate(lines) if title in line)
    place = lines[at].index(title)
    return [line[place] for line in lines[at + 1 :] if len(line) > place]


@pytest.mark.parametrize(
    "danger", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']
)
def test_a_counterparty_is_never_a_formula(danger: str) -> None:
    account(NUMBER)
    arrive(statement(NUMBER, entry("-1", ref="x", on=date(2026, 10, 1), counter_name=danger, text=danger)))

    told = [cell for line in sheet("fund_monitor", "transactions/?booked_from=2026-10-01") for cell in line]
    assert not any(cell.startswith(("=", "+1+", "-2+", "@", "\t", "\r")) for cell in told)
    assert any(danger.strip()[1:6] in cell for cell in told)


def test_rows_of_an_account_add_up_to_its_total(mine: SupervisedAccount) -> None:
    amounts = column(sheet("finance", f"accounts/{mine.pk}/"), "金额（元）")

    figures = [Decimal(amount) for amount in amounts if amount]
    assert sorted(figures[:3]) == [Decimal("-200.02"), Decimal("-0.08"), Decimal("1000.10")]
    assert figures[3] == sum(figures[:3]) == Decimal("800.00")


def test_a_workbook_holds_money_as_numbers(mine: SupervisedAccount) -> None:
    cells = [cell for line in book(f"accounts/{mine.pk}/") for cell in line]

    assert {1000.1, -200.02, -0.08} <= {cell for cell in cells if isinstance(cell, int | float)}


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("transactions/?booked_from=2026-10-01&booked_to=2026-10-03", 3),
        ("transactions/?booked_from=2026-10-02&booked_to=2026-10-03", 2),
        ("transactions/?booked_from=2026-10-01&booked_to=2026-10-03&side=in", 1),
        ("transactions/?booked_from=2026-10-01&booked_to=2026-10-03&amount_from=100", 2),
        ("transactions/?booked_from=2025-01-01&booked_to=2025-12-31", 0),
    ],
)
def test_filters_hold_in_the_sheet(mine: SupervisedAccount, address: str, rows: int) -> None:
    amounts = [amount for amount in column(sheet("finance", address), "金额（元）") if amount]

    assert len([one for one in amounts if one in ("1000.10", "-200.02", "-0.08")]) == rows


@pytest.mark.parametrize("address", ["accounts/", "transactions/?booked_from=2026-10-01", "statements/", "banks/"])
def test_no_sheet_holds_a_full_number_and_each_leaves_a_trace(mine: SupervisedAccount, address: str) -> None:
    told = "\n".join(",".join(line) for line in sheet("fund_monitor", address))

    assert NUMBER not in told
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event WHERE name LIKE '%%export%%'")
        assert cursor.fetchone() == (1,)


def test_another_county_exports_nothing_of_it(mine: SupervisedAccount) -> None:
    for address in ("accounts/", "transactions/?booked_from=2026-10-01", "statements/"):
        told = "\n".join(",".join(line) for line in sheet("fund_monitor", address, region="530622"))
        assert "1000.10" not in told
        assert mine.name not in told
        assert mine.number_mask not in told


def test_the_accounts_of_an_area_with_the_sum_of_what_is_known(mine: SupervisedAccount) -> None:
    account(balance="0.01")
    account()  # never told of: unknown, not zero
    balances = column(sheet("finance", "accounts/"), "余额（元）")

    known = [Decimal(one) for one in balances if one.replace(".", "").isdigit()]
    assert sorted(known) == [Decimal("0.01"), Decimal("800.00"), Decimal("800.01")]
