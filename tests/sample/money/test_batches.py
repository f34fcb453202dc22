"""The year's plans as tables: what each document is, how a county's share of it is found, how legs hang together."""

from collections import Counter
from datetime import date, timedelta

import pytest

from anzhi.management.plans.rules import normal_document
from anzhi.management.plans.states import FundType
from anzhi.sample.money import batches
from anzhi.sample.money.batches import HUNDRED, Shares
from anzhi.sample.span import Year
from sample.offices import batch, counties, province

YEAR = Year(date(2026, 11, 22))
KINDS = {"D": FundType.SUPPORT_DIRECT, "W": FundType.SUPPORT_PROJECT, "C": FundType.COMPENSATION}
AMOUNTS = {"532328000000": 300, "532326000000": 200, "530622000000": 50, "530681000000": 0}
DAYS = timedelta(days=1)


def legs(amounts: dict[str, int] | None = None) -> list[batches.Leg]:
    return list(batches.legs(batch(), province(), AMOUNTS if amounts is None else amounts))


def test_a_year_has_four_quarters_of_subsidy_and_rounds_of_the_rest() -> None:
    made = batches.batches(YEAR)
    assert Counter(one.fund_type for one in made) == {
        FundType.SUPPORT_DIRECT: 4, FundType.SUPPORT_PROJECT: 5, FundType.COMPENSATION: 4,
    }  # fmt: skip
    assert all(KINDS[one.key[0]] == one.fund_type for one in made)


def test_a_document_is_written_as_offices_write_it() -> None:
    assert batch().document == "云搬发〔2026〕11号"
    assert all(normal_document(one.document) for one in batches.batches(YEAR))


def test_no_two_documents_have_one_number() -> None:
    made = [*batches.old_batches(YEAR), *batches.batches(YEAR)]
    assert len({normal_document(one.document) for one in made}) == len(made)


def test_the_document_that_everybody_knows() -> None:
    (known,) = [one for one in batches.batches(YEAR) if one.key == "C4"]
    assert known.document == "云搬发〔2026〕63号"
    assert known.fund_type == FundType.COMPENSATION
    assert known.issued == YEAR.as_of - 73 * DAYS


@pytest.mark.parametrize("key", ["C4", "W3", "W4", "W5", "D4"])
def test_documents_still_under_way_go_with_the_samples_day(key: str) -> None:
    later = Year(YEAR.as_of + 100 * DAYS)
    days = [next(one.issued for one in batches.batches(year) if one.key == key) for year in (YEAR, later)]
    assert days[1] - days[0] == 100 * DAYS


def test_old_documents_are_older_than_the_limit_of_two_years() -> None:
    by_key = {one.key: one for one in batches.old_batches(YEAR)}
    assert (YEAR.as_of - by_key["O1"].issued).days > 730
    assert 365 < (YEAR.as_of - by_key["O2"].issued).days < 730


def test_a_person_gets_six_hundred_yuan_a_year() -> None:
    size = Shares(people={"532328000000": 1000}, land={})
    paid = sum(
        batches.fen_for(one, "532328000000", size)
        for one in batches.batches(YEAR)
        if one.fund_type == FundType.SUPPORT_DIRECT
    )
    assert paid == 1000 * 600 * 100


def test_whole_hundreds_of_yuan_everywhere_but_in_subsidies() -> None:
    size = batches.shares(counties(), {"532328000000"})
    for one in batches.batches(YEAR):
        for office in counties():
            fen = batches.fen_for(one, office.region_code, size)
            assert fen >= 0
            assert fen % (QUARTER_FEN if one.fund_type == FundType.SUPPORT_DIRECT else HUNDRED) == 0


QUARTER_FEN = batches.QUARTER * 100


def test_compensation_is_for_those_who_build() -> None:
    size = batches.shares(counties(), {"532328000000"})
    land = batch("C1", FundType.COMPENSATION)
    assert batches.fen_for(land, "532328000000", size) > 0
    assert batches.fen_for(land, "532326000000", size) == 0


def test_scale_makes_a_round_larger() -> None:
    size = Shares(people={}, land={"532328000000": 4_000_000})
    whole, half = (batches.fen_for(batch("C1", FundType.COMPENSATION, s), "532328000000", size) for s in (1.0, 0.5))
    assert (whole, half) == (100_000_000, 50_000_000)


def test_people_are_shared_out_whole() -> None:
    size = batches.shares(counties(), set())
    assert sum(size.people.values()) == batches.PEOPLE
    assert size.land == {}
    assert batches.shares(counties(), set()) == size


def test_another_county_changes_nobodys_compensation() -> None:
    alone = batches.shares(counties(), {"532328000000"}).land
    together = batches.shares(counties(), {"532328000000", "530622000000"}).land
    assert together["532328000000"] == alone["532328000000"]


def test_a_prefecture_stands_between_and_a_county_without_a_share_is_left_out() -> None:
    made = legs()
    assert [(leg.sender.pk, leg.receiver.pk, leg.fen) for leg in made] == [
        (1, 3, 50), (3, 7, 50), (1, 2, 500), (2, 5, 200), (2, 4, 300),
    ]  # fmt: skip
    assert {leg.upper for leg in made if leg.sender.pk == 2} == {leg.number for leg in made if leg.receiver.pk == 2}


def test_a_prefecture_without_a_share_gets_no_document() -> None:
    assert {leg.receiver.pk for leg in legs({"530622000000": 5})} == {3, 7}
    assert legs({}) == []


def test_thirty_days_are_shared_between_the_tiers() -> None:
    for leg in legs():
        assert leg.due - leg.batch.issued == (15 if leg.sender.pk == 1 else 30) * DAYS


def test_only_the_last_leg_stands_in_the_plan() -> None:
    lines = {leg.receiver.pk: leg.line for leg in legs()}
    assert {pk for pk, line in lines.items() if line} == {4, 5, 7}
    assert lines[4] == "JH-2026-W1-2328"
    assert len({line for line in lines.values() if line}) == 3


def test_numbers_name_day_batch_and_office() -> None:
    numbers = {leg.receiver.pk: leg.number for leg in legs()}
    assert numbers[2] == "BF-20260310-W1-23"
    assert numbers[4] == "BF-20260310-W1-2328"
