"""A whole year of statements of a small province, each in its bank's way: nothing is lost between two files."""

from collections import Counter, defaultdict
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from anzhi.sample.banks import sheets
from anzhi.sample.banks.rows import Row
from anzhi.sample.money import batches, deliver
from anzhi.sample.money.flows import Ledger, Places
from anzhi.sample.money.holders import Holder, holders
from anzhi.sample.span import Period, Year
from anzhi.supervision.funds.readers.model import Entry, Statement, StatementEnd
from anzhi.supervision.funds.readers.reading import read
from sample.offices import counties, province

YEAR = Year(date(2026, 11, 22))
WAYS = ("camt", "MT940", *sheets.WRITERS)
BEGUN = 10**12  # fen in every account when the year begins
Told = dict[str, list[tuple[Statement, list[Entry]]]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Everything the product reads in the files of the year, by account and in the order of the files."""
    folder, found = tmp_path_factory.mktemp("year"), defaultdict(list)
    book = ledger()
    for one in book.holders:
        one.balance = BEGUN
    for period in YEAR.periods:
        for path in deliver.write(deliver.told(book.holders, period), folder / f"{period.last}"):
            for frame, entries in statements(path):
                found[frame.account].append((frame, entries))
    return found


@lru_cache(maxsize=1)
def ledger() -> Ledger:
    """A year of every batch, and every way of delivery among the accounts."""
    book = Ledger(YEAR, holders(province(), {"532328000000"}), Places({}, {}))
    for at, one in enumerate(one for one in book.holders if one.agency.tier == "county"):
        one.delivery = WAYS[at % len(WAYS)]
    size = batches.shares(counties(), {"532328000000"})
    for batch in batches.batches(YEAR):
        amounts = {office.region_code: batches.fen_for(batch, office.region_code, size) for office in counties()}
        book.carry(batches.legs(batch, province(), amounts))
    book.charge()
    return book


def statements(path: Path) -> list[tuple[Statement, list[Entry]]]:
    rows: dict[int, list[Entry]] = defaultdict(list)
    frames = []
    for event in read(path):
        if isinstance(event, Entry):
            rows[event.statement].append(event)
        elif isinstance(event, StatementEnd):
            frames.append(event.statement)
    return [(frame, rows[frame.ordinal]) for frame in frames]


def test_every_way_of_delivery_is_tried() -> None:
    assert {one.delivery for one in ledger().holders} == set(WAYS)


def test_every_account_tells_of_every_period(told: Told) -> None:
    assert set(told) == {one.number for one in ledger().holders}
    assert {len(several) for several in told.values()} == {len(YEAR.periods)}


def test_opening_and_rows_are_closing_in_every_file(told: Told) -> None:
    for several in told.values():
        for frame, entries in several:
            assert frame.opening + sum((entry.signed for entry in entries), Decimal(0)) == frame.closing, frame


def test_a_file_begins_where_the_one_before_ended(told: Told) -> None:
    for number, several in told.items():
        closing = Decimal(BEGUN) / 100
        for frame, _entries in several:
            assert frame.opening == closing, number
            closing = frame.closing


def test_every_row_is_told_once_and_none_is_added(told: Told) -> None:
    for one in ledger().holders:
        entries = [entry for _frame, several in told[one.number] for entry in several]
        assert Counter(int(entry.signed * 100) for entry in entries) == Counter(row.fen for row in one.rows)
        assert Counter(entry.booked for entry in entries) == Counter(row.day for row in one.rows)
    assert sum(len(entries) for several in told.values() for _f, entries in several) == ledger().count > 2000


def test_a_row_stands_in_the_file_of_its_day(told: Told) -> None:
    for several in told.values():
        for period, (_frame, entries) in zip(YEAR.periods, several, strict=True):
            assert all(period.holds(entry.booked) for entry in entries)


def test_rows_of_a_file_are_in_the_order_of_their_days(told: Told) -> None:
    for several in told.values():
        for _frame, entries in several:
            assert [entry.booked for entry in entries] == sorted(entry.booked for entry in entries)


def test_balances_go_on_from_period_to_period() -> None:
    one = holder("camt", [(date(2026, 3, 1), 500), (date(2026, 4, 1), -200)])
    one.balance = 1000
    march, april = Period(date(2026, 3, 1), date(2026, 3, 31)), Period(date(2026, 4, 1), date(2026, 4, 30))
    first = deliver.told([one], march)[one.bank]
    second = deliver.told([one], april)[one.bank]
    assert [(told.opening, told.closing) for told in (*first, *second)] == [(1000, 1500), (1500, 1300)]
    assert one.balance == 1300


def holder(delivery: str, rows: list[tuple[date, int]], bank: str = "abc", number: str = "") -> Holder:
    office = counties()[0]
    number = number or "24062328000000010001"
    made = Holder(office, bank, number, "support", "后期扶持资金", delivery)  # type: ignore[arg-type]
    made.rows = [Row(day, time(9), fen, f"R{at}", "甲公司", "", "乙") for at, (day, fen) in enumerate(rows)]
    return made


DAY = date(2026, 3, 2)
PERIOD = Period(date(2026, 3, 1), date(2026, 3, 31))


def names(several: list[Holder], folder: Path) -> list[str]:
    return [path.name for path in deliver.write(deliver.told(several, PERIOD), folder)]


def test_messages_of_a_bank_are_one_file_and_sheets_one_each(tmp_path: Path) -> None:
    several = [
        holder("camt", [(DAY, 5)], number="24061"),
        holder("camt", [(DAY, 6)], number="24062"),
        holder("abc", [(DAY, 7)], number="24060001"),
        holder("abc", [(DAY, 8)], number="24060002"),
        holder("MT940", [(DAY, 9)], bank="cmb", number="88001"),
        holder("boc", [(DAY, 9)], bank="boc", number="13560003"),
    ]
    assert sorted(names(several, tmp_path)) == [
        "ABC20260331.xml", "ABC20260331_0001.xlsx", "ABC20260331_0002.xlsx", "BOC20260331_0003.csv", "CMB20260331.sta",
    ]  # fmt: skip


def test_each_period_has_a_folder_that_is_made_for_it(tmp_path: Path) -> None:
    assert names([holder("camt", [(DAY, 5)])], tmp_path / "2026-03-31") == ["ABC20260331.xml"]
    assert names([], tmp_path / "2026-04-30") == []


def test_rows_of_one_moment_keep_the_order_of_their_references() -> None:
    one = holder("camt", [(DAY, 5), (DAY, 6), (DAY, 7)])
    one.rows.reverse()
    (told,) = deliver.told([one], PERIOD)["abc"]
    assert [row.ref for row in told.rows] == ["R0", "R1", "R2"]
