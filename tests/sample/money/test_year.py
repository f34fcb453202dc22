"""The sample's year of money before any bank tells it: sums, days, balances, and the same each time."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from anzhi.foundation.accounts.models import Agency
from anzhi.management.plans.states import FundType, River
from anzhi.sample.banks import sheets
from anzhi.sample.money import batches, cases, deliver
from anzhi.sample.money.batches import Leg
from anzhi.sample.money.flows import Ledger, Places
from anzhi.sample.money.holders import ACCOUNTS, MESSAGES, SHEETS, SPECIAL, Holder, holders
from anzhi.sample.money.year import OPENING
from anzhi.sample.span import Period, Year

pytestmark = pytest.mark.usefixtures("system")
YEAR = Year(date(2026, 11, 22))
BUILDERS = {f"{code}000000" for code in (*cases.KEPT, "530622", "530826", "533423", "530628")}
SMALLEST = 300_000  # fen: what lies in an account at least when the year begins


@lru_cache(maxsize=1)
def offices() -> list[Agency]:
    """The offices of the reference data, the same for all tests."""
    return list(Agency.objects.filter(closed_on=None).select_related("parent").order_by("region_code"))


def planned(year: Year) -> list[Leg]:
    """All legs of the year's batches."""
    counties = [office for office in offices() if office.tier == "county"]
    size = batches.shares(counties, BUILDERS)
    found: list[Leg] = []
    for batch in batches.batches(year):
        amounts = {c.region_code: batches.fen_for(batch, c.region_code, size) for c in counties}
        if batch.key == "C4":  # as the known case has it, for the counties of its prefecture
            amounts |= {code: 0 for code in amounts if code.startswith(cases.CHUXIONG)}
            amounts |= {f"{code}000000": due for code, (due, _passed) in cases.KEPT.items()}
        found += batches.legs(batch, offices(), amounts)
    return found


def told(year: Year) -> Ledger:
    """The year, told."""
    ledger = Ledger(year, holders(offices(), BUILDERS), Places({}, {}))
    ledger.carry(planned(year))
    ledger.charge()
    return ledger


@lru_cache(maxsize=1)
def ledger() -> Ledger:
    return told(YEAR)


@lru_cache(maxsize=1)
def legs() -> list[Leg]:
    return planned(YEAR)


def test_what_a_prefecture_gets_is_what_its_counties_get() -> None:
    below: Counter[str] = Counter()
    for leg in legs():
        below[leg.upper] += leg.fen
    uppers = [leg for leg in legs() if leg.sender.tier == "province"]

    assert uppers
    assert {leg.number: leg.fen for leg in uppers} == {number: fen for number, fen in below.items() if number}


def test_every_leg_goes_one_tier_down_and_has_a_number_of_its_own() -> None:
    numbers = [leg.number for leg in legs()]
    assert len(numbers) == len(set(numbers))
    for leg in legs():
        assert leg.receiver.parent_id == leg.sender.pk
        assert leg.fen > 0
        assert leg.due > leg.batch.issued
        assert bool(leg.line) == (leg.receiver.tier == "county")


@pytest.mark.parametrize("key", ["D1", "D2", "D3", "D4"])
def test_each_quarter_pays_every_person_on_the_register_once(key: str) -> None:
    fen = sum(leg.fen for leg in legs() if leg.batch.key == key and leg.receiver.tier == "county")
    assert fen == 844_200 * 150 * 100


def test_persons_add_up_to_the_register_whoever_builds() -> None:
    counties = [office for office in offices() if office.tier == "county"]
    for builders in (set(), BUILDERS):
        size = batches.shares(counties, builders)
        assert sum(size.people.values()) == 844_200
        assert min(size.people.values()) > 0
        assert set(size.land) == builders


def test_compensation_goes_to_counties_that_build_only() -> None:
    paid = {leg.receiver.region_code for leg in legs() if leg.batch.fund_type == FundType.COMPENSATION and leg.line}
    assert paid == BUILDERS & {office.region_code for office in offices()}


def test_there_are_311_accounts_at_13_banks_each_with_its_number() -> None:
    held = ledger().holders
    assert len(held) == ACCOUNTS == 311
    assert len({one.bank for one in held}) == 13
    assert len({one.number for one in held}) == 311
    assert len({(one.agency.pk, one.use) for one in held}) == 311
    assert all(one.number.isdigit() and 16 <= len(one.number) <= 20 for one in held)


def test_compensation_and_support_lie_in_accounts_of_their_own() -> None:
    for one in ledger().holders:
        assert one.river == (River.SUPPORT if "后期扶持" in one.use or one.use == SPECIAL else River.RESETTLEMENT)


def test_each_way_of_delivery_is_there() -> None:
    ways = Counter(one.delivery for one in ledger().holders)
    assert set(ways) == {"camt", "MT940", *SHEETS.values()}
    assert all(ways[mapping] == 2 for mapping in SHEETS.values())
    assert all(one.bank in MESSAGES for one in ledger().holders if one.delivery == "MT940")


def test_every_row_lies_inside_the_year_and_has_a_reference_of_its_own() -> None:
    rows = [row for one in ledger().holders for row in one.rows]
    assert len(rows) == ledger().count
    assert min(row.day for row in rows) >= YEAR.first
    assert max(row.day for row in rows) <= YEAR.as_of
    assert len({row.ref for row in rows}) == len(rows)
    assert all(row.fen for row in rows)
    assert all(8 <= row.at.hour <= 16 for row in rows)


def lowest(holder: Holder) -> int:
    """The lowest balance at the end of any day, beginning with nothing."""
    by_day: Counter[date] = Counter()
    for row in holder.rows:
        by_day[row.day] += row.fen
    balance = least = 0
    for day in sorted(by_day):
        balance += by_day[day]
        least = min(least, balance)
    return least


def test_no_balance_is_negative_on_any_day() -> None:
    assert min(low for low, _high in OPENING.values()) == SMALLEST
    assert {one.name: lowest(one) for one in ledger().holders if lowest(one) < -SMALLEST} == {}


def test_both_banks_tell_of_a_transfer_and_agree() -> None:
    numbers = {one.number: one for one in ledger().holders}
    moved: defaultdict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in ledger().holders:
        for row in one.rows:
            if row.number in numbers and row.day <= YEAR.as_of - timedelta(days=2):
                sender, receiver = (row.number, one.number) if row.fen > 0 else (one.number, row.number)
                moved[sender, receiver, row.text][row.fen > 0] += abs(row.fen)
    apart = [key for key, (out, into) in moved.items() if out != into]
    young = {row.text for one in ledger().holders for row in one.rows if row.day > YEAR.as_of - timedelta(days=2)}
    assert [key for key in apart if key[2] not in young] == []
    assert len(moved) > 300


def test_nothing_is_spent_that_did_not_arrive() -> None:
    for one in ledger().holders:
        if one.agency.tier == "county":
            came = sum(row.fen for row in one.rows if row.fen > 0)
            spent = -sum(row.fen for row in one.rows if row.fen < 0 and row.name != "开户银行")
            assert spent <= came, one.name


def test_three_hundred_million_stay_in_the_prefecture() -> None:
    assert sum(due - passed for due, passed in cases.KEPT.values()) == 300_000_000 * 100
    assert all(0 < passed <= due for due, passed in cases.KEPT.values())
    assert all(code.startswith(cases.CHUXIONG) for code in cases.KEPT)


def test_four_million_one_hundred_and_twenty_thousand_are_never_touched() -> None:
    assert cases.UNTOUCHED == 4_120_000 * 100


@pytest.mark.parametrize(("key", "code"), sorted(cases.UNSENT))
def test_what_is_named_as_unsent_is_not_sent(key: str, code: str) -> None:
    mine = [
        leg
        for leg in legs()
        if leg.batch.key == key and leg.sender.tier == "prefecture" and leg.receiver.region_code.startswith(code)
    ]
    assert mine, "the case names a leg that is there"
    assert {cases.sent(leg) for leg in mine} == {0}


def facts(told: Ledger) -> list[tuple[str, str, list]]:
    return [(one.number, one.bank, one.rows) for one in told.holders]


def test_the_same_day_gives_the_same_legs_and_rows() -> None:
    again = told(YEAR)
    assert planned(YEAR) == legs()
    assert facts(again) == facts(ledger())


def test_files_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    period = Period(date(2026, 10, 1), date(2026, 10, 31))
    chosen: dict[str, Holder] = {}
    for one in ledger().holders:
        chosen.setdefault(one.delivery, one)
    for name in ("one", "other"):
        for one in chosen.values():
            one.balance = 10**9
        assert list(deliver.write(deliver.told(list(chosen.values()), period), tmp_path / name))

    first = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert len(first) == len(chosen) == 2 + len(sheets.WRITERS)
    assert {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()} == first


def test_a_bank_with_a_dead_link_is_silent_at_the_end_only() -> None:
    assert deliver.SILENT == {"qujing": 3}
    assert any(one.bank == "qujing" for one in ledger().holders)


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2027, 1, 1), date(2027, 12, 31)])
def test_another_day_gives_a_year_just_as_sound(as_of: date) -> None:
    year = Year(as_of)
    keys = [batch.key for batch in batches.batches(year)]
    assert len(keys) == len(set(keys)) == 13
    for batch in batches.batches(year):
        assert year.first <= batch.issued <= as_of
    assert all(batch.issued < year.first for batch in batches.old_batches(year))


@pytest.mark.parametrize("named", [cases.LONG_IDLE, cases.IDLE, tuple(cases.KEPT)], ids=["long idle", "idle", "kept"])
def test_the_counties_of_the_cases_are_there(named: tuple[str, ...]) -> None:
    counties = {office.region_code[:6] for office in offices() if office.tier == "county"}
    assert set(named) <= counties
    assert len(set(named)) == len(named)


def test_money_long_idle_is_not_idle_twice() -> None:
    assert set(cases.LONG_IDLE).isdisjoint(cases.IDLE)
