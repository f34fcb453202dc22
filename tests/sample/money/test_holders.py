"""Accounts as plain facts: which office has which, at which bank, told in which way."""

from collections import Counter

import pytest

from anzhi.management.plans.states import River
from anzhi.sample.money import holders as made
from anzhi.sample.money.holders import RESETTLEMENT, SPECIAL, SUBSIDY, SUPPORT, WORKS, Holder
from sample.offices import province

BUILDERS = {"532328000000", "530622000000"}


def held(builders: set[str] = BUILDERS) -> list[Holder]:
    return made.holders(province(), builders)


def uses(code: str, builders: set[str] = BUILDERS) -> list[str]:
    return [one.use for one in held(builders) if one.agency.region_code == code]


def test_every_tier_has_its_accounts() -> None:
    assert uses("530000000000") == [RESETTLEMENT, SUPPORT, "库区基金"]
    assert uses("532300000000") == [RESETTLEMENT, SUPPORT, "移民资金归集"]
    assert uses("532326000000") == [WORKS, SUBSIDY]


def test_a_county_that_builds_has_an_account_for_compensation() -> None:
    assert RESETTLEMENT in uses("532328000000")
    assert RESETTLEMENT not in uses("532328000000", set())


def test_special_accounts_are_those_that_are_left_over() -> None:
    assert [one.agency.region_code for one in held() if one.use == SPECIAL] == ["530622000000", "532328000000"]


def test_compensation_flows_in_one_river_and_support_in_the_other() -> None:
    for one in held():
        support = one.use in (SUPPORT, SUBSIDY, WORKS, SPECIAL)
        assert one.river == (River.SUPPORT if support else River.RESETTLEMENT)


def test_an_account_is_called_by_its_office_and_its_use() -> None:
    names = [one.name for one in held() if one.agency.region_code == "532328000000"]
    assert names[0] == f"元谋县搬迁安置办公室{RESETTLEMENT}专户"
    assert len({one.name for one in held()}) == len(held())


@pytest.mark.parametrize("bank", sorted(made.HEADS))
def test_a_number_begins_as_its_bank_begins(bank: str) -> None:
    numbers = [one.number for one in held() if one.bank == bank]
    assert all(number.startswith(made.HEADS[bank]) for number in numbers)


def test_a_number_holds_its_place_and_its_turn() -> None:
    for at, one in enumerate(held()):
        assert one.number[4:8] == one.agency.region_code[2:6]
        assert one.number.endswith(f"{at:03d}")
        assert one.number.isdigit()
        assert len(one.number) == 20


def test_no_account_number_can_be_an_identity_number() -> None:
    """Eighteen figures that begin with a place and hold a birthday would be taken for a person's."""
    assert not any(len(one.number) == 18 for one in held())


def test_sheets_are_for_counties_and_not_for_special_accounts() -> None:
    sheets = [one for one in held() if one.delivery in made.SHEETS.values()]
    assert all(one.agency.tier == "county" and one.use != SPECIAL for one in sheets)
    assert all(one.delivery == made.SHEETS[one.bank] for one in sheets)
    assert max(Counter(one.bank for one in sheets).values(), default=0) <= made.SHEET_ACCOUNTS


@pytest.mark.parametrize("bank", made.MESSAGES)
def test_three_banks_send_mt940(bank: str) -> None:
    assert {one.delivery for one in held() if one.bank == bank} <= {"MT940"}


def test_the_others_send_camt() -> None:
    rest = [one for one in held() if one.bank not in made.MESSAGES and one.delivery not in made.SHEETS.values()]
    assert rest
    assert {one.delivery for one in rest} == {"camt"}


def test_accounts_are_the_same_each_time_and_empty() -> None:
    assert [(one.number, one.bank, one.delivery) for one in held()] == [
        (one.number, one.bank, one.delivery) for one in held()
    ]
    assert all(one.balance == 0 and one.rows == [] for one in held())


def test_builders_elsewhere_move_nobodys_bank() -> None:
    """A bank is drawn for an office and a use; who else builds only shifts the turn in the number."""
    first, second = (
        {(one.agency.region_code, one.bank) for one in held(builders) if one.use == WORKS}
        for builders in (BUILDERS, {*BUILDERS, "532326000000"})
    )
    assert second < first
