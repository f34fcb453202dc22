"""Movements of a small province, summed by hand: who sends, what arrives, what is spent, what banks take and give."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from anzhi.management.plans.states import FundType
from anzhi.sample.banks.rows import Row
from anzhi.sample.chance import stream
from anzhi.sample.money import batches, cases
from anzhi.sample.money.flows import PARTS, SPAN, Ledger, Places
from anzhi.sample.money.holders import SPECIAL, SUBSIDY, SUPPORT, WORKS, Holder, holders
from anzhi.sample.span import Year
from sample.offices import batch, province

YEAR = Year(date(2026, 11, 22))
DAY = timedelta(days=1)
WHOLE = {"532326000000": 70_000_000, "532327000000": 30_000_000}


def ledger() -> Ledger:
    return Ledger(YEAR, holders(province(), {"532328000000"}), Places({}, {}))


def account(book: Ledger, code: str, use: str) -> Holder:
    return next(one for one in book.holders if one.agency.region_code == code and one.use == use)


def carried(amounts: dict[str, int] | None = None, key: str = "W1") -> Ledger:
    book = ledger()
    book.carry(batches.legs(batch(key), province(), WHOLE if amounts is None else amounts))
    return book


def moves(book: Ledger, code: str, use: str) -> list[Row]:
    return account(book, code, use).rows


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everybody sends on the third day and spends everything."""
    monkeypatch.setattr(cases, "delay", lambda leg, chance: 3)
    monkeypatch.setattr(cases, "share", lambda leg, chance: 1.0)
    yield


def test_what_leaves_one_account_comes_into_the_next(quick: None) -> None:
    book = carried()
    out = [row.fen for row in moves(book, "530000000000", SUPPORT) if row.fen < 0]
    middle = moves(book, "532300000000", SUPPORT)
    assert out == [-100_000_000]
    assert [row.fen for row in middle if row.fen > 0] == [100_000_000]
    assert sorted(row.fen for row in middle if row.fen < 0) == [-70_000_000, -30_000_000]
    assert [row.fen for row in moves(book, "532326000000", WORKS) if row.fen > 0] == [70_000_000]


def test_the_province_is_supplied_before_it_sends(quick: None) -> None:
    first, then = sorted(moves(carried(), "530000000000", SUPPORT), key=lambda row: row.day)
    assert first.fen == 100_000_000
    assert first.day == then.day - 2 * DAY
    assert first.name == "云南省财政厅"
    assert first.text == "后扶项目 归集"


def test_compensation_is_supplied_by_those_who_build() -> None:
    book = ledger()
    land = batch("C1", FundType.COMPENSATION)
    book.carry(batches.legs(land, province(), {"532328000000": 9_000_000}))
    names = {row.name for one in book.holders for row in one.rows if row.text.endswith("归集")}
    assert names
    assert "云南省财政厅" not in names


def test_a_transfer_names_its_document_and_the_other_account(quick: None) -> None:
    book = carried()
    sender, receiver = account(book, "532300000000", SUPPORT), account(book, "532326000000", WORKS)
    (out,) = [row for row in sender.rows if row.fen == -70_000_000]
    (came,) = [row for row in receiver.rows if row.fen > 0]
    assert out.text == came.text == "后扶项目 云搬发〔2026〕11号"
    assert (out.number, came.number) == (receiver.number, sender.number)
    assert (out.name, came.name) == (receiver.name, sender.name)
    assert came.day - out.day in (0 * DAY, DAY)


def test_a_county_sends_nothing_before_its_prefecture_has_it(quick: None) -> None:
    book = carried()
    (came,) = [row for row in moves(book, "532300000000", SUPPORT) if row.fen > 0]
    assert all(row.day >= came.day + 3 * DAY for row in moves(book, "532300000000", SUPPORT) if row.fen < 0)


def test_a_lot_is_spent_in_parts_after_it_came(quick: None) -> None:
    rows = moves(carried(), "532326000000", WORKS)
    (came,) = [row for row in rows if row.fen > 0]
    parts = [row for row in rows if row.fen < 0]
    low, high = PARTS[FundType.SUPPORT_PROJECT]
    assert low <= len(parts) <= high
    assert all(came.day < row.day <= came.day + SPAN[FundType.SUPPORT_PROJECT] * DAY for row in parts)
    assert all(row.fen % 100 == 0 for row in parts)
    assert came.fen - 100 * len(parts) < -sum(row.fen for row in parts) <= came.fen


def test_what_is_unsent_neither_leaves_nor_arrives(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "UNSENT", {("W1", "532326")})
    book = carried()
    assert moves(book, "532326000000", WORKS) == []
    assert [row.fen for row in moves(book, "532300000000", SUPPORT) if row.fen < 0] == [-30_000_000]


def test_part_of_a_lot_may_be_kept(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "KEPT", {"532326": (70_000_000, 20_000_000)})
    book = carried(key="C4")
    kept = sum(row.fen for row in moves(book, "532300000000", SUPPORT))
    assert kept == 50_000_000


def test_money_of_years_before_comes_from_a_sender_nobody_heard(quick: None) -> None:
    book = ledger()
    old = [leg for leg in batches.legs(batch("O2"), province(), WHOLE) if leg.sender.tier == "prefecture"]
    book.carry(old)
    assert moves(book, "532300000000", SUPPORT) == []
    assert [row.fen for row in moves(book, "532326000000", WORKS) if row.fen > 0] == [70_000_000]


def test_nothing_moves_after_the_samples_day(quick: None) -> None:
    book = ledger()
    holder = book.holders[0]
    book.move(holder, YEAR.as_of + DAY, 5, ("甲", ""), "乙", stream("x"))
    assert (holder.rows, book.count) == ([], 0)
    book.move(holder, YEAR.as_of, 5, ("甲", ""), "乙", stream("x"))
    assert ([row.fen for row in holder.rows], book.count) == ([5], 1)


def test_references_count_on_over_all_accounts(quick: None) -> None:
    book = carried()
    refs = [row.ref for one in book.holders for row in one.rows]
    assert len(refs) == len(set(refs)) == book.count
    assert all(row.ref.startswith(f"{one.bank.upper()}{row.day:%y%m%d}") for one in book.holders for row in one.rows)


@pytest.mark.parametrize(
    ("kind", "receiver", "use"),
    [
        (FundType.SUPPORT_DIRECT, "532326000000", SUBSIDY),
        (FundType.SUPPORT_PROJECT, "532326000000", WORKS),
        (FundType.SUPPORT_DIRECT, "532328000000", SUPPORT),  # a county that builds keeps one account for both
        (FundType.SUPPORT_PROJECT, "532328000000", SUPPORT),
    ],
)
def test_each_kind_of_money_finds_its_account(kind: FundType, receiver: str, use: str) -> None:
    book = ledger()
    (leg,) = [
        leg for leg in batches.legs(batch("W1", kind), province(), {receiver: 100}) if leg.sender.tier == "prefecture"
    ]
    assert book.holder(leg, receiver=True).use == use
    assert book.holder(leg, receiver=False).use == SUPPORT


def test_the_pumping_station_has_an_account_of_its_own() -> None:
    book = ledger()
    *_, leg = batches.legs(batch("O1"), province(), {"532328000000": 412_000_000})
    assert book.holder(leg, receiver=True).use == SPECIAL


def test_banks_charge_each_month_and_pay_interest_each_quarter() -> None:
    book = ledger()
    book.charge()
    rows = moves(book, "532326000000", SUBSIDY)
    fees, interest = [row for row in rows if row.fen < 0], [row for row in rows if row.fen > 0]
    assert {row.fen for row in fees} <= {-1200, -2000, -3500}
    assert [row.day.month for row in fees] == [12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]  # November's lies beyond the day
    assert [row.day for row in interest] == [
        date(2025, 12, 21),
        date(2026, 3, 21),
        date(2026, 6, 21),
        date(2026, 9, 21),
    ]
    assert all(row.name == "开户银行" and row.number == "" for row in rows)


def test_an_account_that_is_never_touched_pays_no_fee() -> None:
    book = ledger()
    book.charge()
    assert all(row.fen > 0 for row in moves(book, "532328000000", SPECIAL))


def test_payees_come_from_the_places_of_the_county(quick: None) -> None:
    places = Places({"532326000000": ["金碧村民委员会"]}, {"532326000000": ["金碧镇"]})
    book = Ledger(YEAR, holders(province(), set()), places)
    for key, kind in (("W1", FundType.SUPPORT_PROJECT), ("D1", FundType.SUPPORT_DIRECT)):
        book.carry(batches.legs(batch(key, kind), province(), {"532326000000": 80_000_000}))
    assert "金碧村民委员会" in {row.name for row in moves(book, "532326000000", WORKS)}
    spent = [row.text for row in moves(book, "532326000000", SUBSIDY) if row.fen < 0]
    assert spent
    assert all(text.startswith("金碧镇 直补 ") for text in spent)
