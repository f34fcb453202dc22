"""The pages: what they show, to whom, and that their totals equal their rows."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.funds import queries
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount, Transaction
from harness.people import client_for
from supervision.funds.factories import DAY, account, arrive, detail, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
NEXT = DAY + timedelta(days=1)
MOST_QUERIES = 12


@pytest.fixture
def no() -> str:
    return number()


@pytest.fixture
def mine(no: str) -> SupervisedAccount:
    """元谋's account with three rows on two days."""
    made = account(no)
    arrive(
        statement(
            no,
            entry("+5400000", ref="IN1", counter_name="楚雄州财政局", balance_after=Decimal("5400100")),
            entry("-412380", ref="OUT1", balance_after=Decimal("4987720")),
            entry("-86400", on=NEXT, ref="OUT2", counter_name="丙弄村民委员会", balance_after=Decimal("4901320")),
            opening="100",
        )
    )
    made.refresh_from_db()
    return made


@pytest.fixture
def finance() -> Client:
    return client_for("finance")


def shown(client: Client, name: str, *args: object, **params: object) -> str:
    response = client.get(reverse(f"funds:{name}", args=args), params)
    assert response.status_code == 200, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_list_of_accounts_sums_what_it_shows(mine: SupervisedAccount, finance: Client) -> None:
    account(balance="0.68")
    account(region="530622", balance="777777.77")
    page = shown(finance, "accounts")

    assert mine.number_mask in page
    assert "4,901,320.68" in page
    assert "777,777.77" not in page


@pytest.mark.parametrize(
    ("params", "there"),
    [
        ({"bank": "abc"}, True),
        ({"bank": "ccb"}, False),
        ({"tier": "county"}, True),
        ({"tier": "province"}, False),
        ({"funds": "support"}, True),
        ({"funds": "resettlement"}, False),
        ({"status": "closed"}, False),
        ({"data": "stale"}, True),
        ({"data": "fresh"}, False),
        ({"data": "broken"}, False),
        ({"q": "元谋"}, True),
        ({"area": "532328000000"}, True),
    ],
)
def test_accounts_can_be_filtered(mine: SupervisedAccount, finance: Client, params: dict, there: bool) -> None:
    assert (mine.number_mask in shown(finance, "accounts", **params)) is there


def test_an_account_shows_its_month_rows_and_chain(mine: SupervisedAccount, finance: Client) -> None:
    page = shown(finance, "account", mine.pk)

    for words in ("490.13", "540.00", "49.88", "楚雄州财政局", "4,901,320.00", "+5,400,000.00", "−498,780.00"):
        assert words in page
    assert page.index("丙弄村民委员会") < page.index("楚雄州财政局")


def test_filtered_totals_equal_filtered_rows(mine: SupervisedAccount, finance: Client) -> None:
    page = shown(finance, "account", mine.pk, side="out", amount_from="100000")
    assert "−412,380.00" in page
    assert "86,400.00" not in page

    day = shown(finance, "account", mine.pk, booked_from=NEXT.isoformat())
    assert "−86,400.00" in day
    assert "5,400,000.00" not in day.split("<table")[1]


def test_a_broken_chain_is_said(no: str, mine: SupervisedAccount, finance: Client) -> None:
    later = DAY + timedelta(days=5)
    arrive(statement(no, entry("+1", on=later, ref="X"), opening="9"))
    page = shown(finance, "account", mine.pk)

    assert "4,901,320.00" in page
    assert "az-note-wait" in page


def test_numbers_that_never_came_are_said(no: str, mine: SupervisedAccount, finance: Client) -> None:
    for at, sequence in enumerate((1, 2, 5, 7, 1)):
        on = DAY + timedelta(days=10 + at)
        arrive(statement(no, entry("+1", on=on, ref=f"S{at}"), opening=None, sequence=sequence), note=str(at))

    assert queries.missing_numbers(mine) == [(3, 4), (6, 6)]
    page = shown(finance, "account", mine.pk)
    assert page.count("az-note-wait") == 2


def test_an_account_without_statements_is_not_known_rather_than_zero(finance: Client) -> None:
    page = shown(finance, "account", account().pk)
    assert "az-unknown" in page


def test_rows_across_accounts_page_by_seeking(mine: SupervisedAccount, no: str, finance: Client) -> None:
    many = [entry(f"-{at}.00", on=NEXT + timedelta(days=1), ref=f"M{at}") for at in range(1, 61)]
    arrive(statement(no, *many, opening="4901320", from_date=NEXT + timedelta(days=1)))
    first = shown(finance, "transactions")
    after = re.search(r'href="(\?after=[^"]+)"', first)
    assert after
    second = finance.get(reverse("funds:transactions") + after[1].replace("&amp;", "&")).content.decode()

    assert "丙弄村民委员会" not in first
    assert "丙弄村民委员会" in second


def test_sums_across_accounts_come_from_the_days(mine: SupervisedAccount, finance: Client) -> None:
    page = shown(finance, "transactions", booked_to=DAY.isoformat())
    assert "540.00" in page
    assert "41.24" in page

    assert "92" in shown(finance, "transactions", q="村民")


def test_no_list_asks_much(mine: SupervisedAccount, finance: Client) -> None:
    for name, args in (("accounts", []), ("account", [mine.pk]), ("transactions", []), ("files", []), ("banks", [])):
        with CaptureQueriesContext(connection) as asked:
            shown(finance, name, *args)
        own = [one["sql"][:100] for one in asked if "funds_" in one["sql"]]
        assert len(own) <= MOST_QUERIES, (name, own)


def test_a_row_shows_its_file_parts_and_rivals(no: str, finance: Client) -> None:
    account(no)
    parts = (detail("-600", "甲户"), detail("-400", "乙户"))
    arrive(statement(no, entry("-1000", ref="R", details=parts), opening="5000"), name="march.xml")
    arrive(statement(no, entry("-1001", ref="R"), opening="4000"))
    row = Transaction.objects.get(amount=1000)
    page = shown(finance, "transaction", row.pk)

    for words in ("甲户", "乙户", "march.xml", "−1,001.00", "壹仟元整", "2400 **** ** 7890"):
        assert words in page


def test_another_county_finds_nothing(mine: SupervisedAccount) -> None:
    stranger = client_for("finance", region="530622")
    row, file = Transaction.objects.first(), StatementFile.objects.first()

    for name, pk in (("account", mine.pk), ("transaction", row.pk), ("file", file.pk)):
        assert stranger.get(reverse(f"funds:{name}", args=[pk])).status_code == 404
    for name in ("accounts", "transactions", "files"):
        page = shown(stranger, name)
        assert "楚雄州财政局" not in page
        assert mine.number_mask not in page
        assert "5,400,000" not in page


def test_an_officer_sees_no_money() -> None:
    officer = client_for("officer")
    for name in ("accounts", "transactions", "files", "upload", "banks"):
        assert officer.get(reverse(f"funds:{name}")).status_code == 403


def test_the_number_is_shown_once_for_a_reason(no: str, mine: SupervisedAccount) -> None:
    monitor = client_for("fund_monitor")
    address = reverse("funds:account_reveal", args=[mine.pk])

    assert no not in monitor.get(address).content.decode()
    assert monitor.post(address, {"reason": ""}).status_code == 422
    answer = monitor.post(address, {"reason": "电话核对账号"})
    assert no in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    with system_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT facts ->> 'reason' FROM audit_event WHERE name = 'fund_account.revealed'")
        assert cursor.fetchone() == ("电话核对账号",)
    assert client_for("finance").get(address).status_code == 403


def test_no_page_and_no_sheet_holds_the_full_number(no: str, mine: SupervisedAccount, finance: Client) -> None:
    pages = [shown(finance, "accounts"), shown(finance, "account", mine.pk), shown(finance, "transactions")]
    sheet = b"".join(finance.get(reverse("funds:accounts"), {"export": "csv"}))

    assert all(no not in page for page in pages)
    assert no.encode() not in sheet
    assert mine.number_mask[-4:].encode() not in sheet or no.encode() not in sheet


def test_rows_are_exported_with_their_net(mine: SupervisedAccount, finance: Client) -> None:
    sheet = b"".join(finance.get(reverse("funds:account", args=[mine.pk]), {"export": "csv"})).decode("utf-8-sig")

    assert "5400000.00" in sheet
    assert "4901220.00" in sheet


def test_a_refused_file_says_why_and_can_be_tried_again(no: str, finance: Client) -> None:
    monitor = client_for("finance")
    file = arrive(statement(no, entry("+1")), name="unknown.xml")
    file.region_code = "532328000000"
    file.save()
    page = shown(monitor, "file", file.pk)
    assert "**** ****" in page
    assert no not in page

    answer = monitor.post(reverse("funds:file_again", args=[file.pk]))
    file.refresh_from_db()
    assert (answer.status_code, file.state) == (302, "received")
    assert 'id="progress"' in shown(monitor, "file", file.pk)
    assert monitor.post(reverse("funds:file_again", args=[file.pk])).status_code == 422


def test_a_file_of_two_areas_is_seen_above_them_only(no: str, mine: SupervisedAccount) -> None:
    other = number()
    account(other, region="532329")
    file = arrive(
        [*statement(no, entry("+1", ref="N"), opening=None), *statement(other, entry("+2"), ordinal=2)], name="both.xml"
    )

    assert client_for("finance").get(reverse("funds:file", args=[file.pk])).status_code == 404
    page = shown(client_for("finance", region="5323"), "file", file.pk)
    assert "both.xml" in page
    row = Transaction.objects.get(bank_ref="N")
    assert "both.xml" not in shown(client_for("finance"), "transaction", row.pk)


def test_files_can_be_uploaded(finance: Client) -> None:
    given = [SimpleUploadedFile(name, name.encode()) for name in ("a.xml", "b.xml")]
    answer = finance.post(reverse("funds:upload"), {"statements": given, "mapping": "auto"})
    assert answer["Location"] == reverse("funds:files")
    assert StatementFile.objects.filter(state="received", source="upload").count() == 2

    again = finance.post(reverse("funds:upload"), {"statements": [SimpleUploadedFile("c.xml", b"a.xml")]}, follow=True)
    assert "a.xml" in again.content.decode()
    assert StatementFile.objects.filter(state="known").count() == 1


def test_an_upload_without_a_file_is_refused(finance: Client) -> None:
    assert finance.post(reverse("funds:upload"), {}).status_code == 422


def test_a_sheet_without_account_names_one(mine: SupervisedAccount, finance: Client) -> None:
    finance.post(reverse("funds:upload"), {"statements": [SimpleUploadedFile("c.csv", b"x")], "account": mine.pk})
    assert StatementFile.objects.get(name="c.csv").for_account == mine


def test_banks_count_the_areas_accounts(mine: SupervisedAccount, finance: Client) -> None:
    account(region="530622", balance="9")
    page = shown(finance, "banks")

    assert "中国农业银行" in page
    assert page.count("4,901,320.00") == 2
