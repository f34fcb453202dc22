"""Whom counties pay: firms, villages, households in batches. Nobody is named, and nobody could be rung up."""

import re
from collections.abc import Callable

import pytest

from anzhi.sample.chance import stream
from anzhi.sample.money import payees

VILLAGES = ["茂易村民委员会", "丙华村民委员会"]
TOWNS = ["元马镇", "黄瓜园镇"]
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{3,4}-\d{7,8}")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
PERSON = re.compile(r"(先生|女士|同志|户主|身份证)")
WAYS = (payees.works, payees.land, payees.subsidy)


def drawn(way: Callable[..., tuple[str, str]], known: list[str], count: int = 400) -> list[tuple[str, str]]:
    return [way("元谋县", known, stream(way.__name__, at)) for at in range(count)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("known", [[], VILLAGES], ids=["no places", "places"])
def test_no_person_no_telephone_no_identity_number(way: Callable[..., tuple[str, str]], known: list[str]) -> None:
    for name, words in drawn(way, known):
        for text in (name, words):
            assert text.strip() == text != ""
            assert not PHONE.search(text)
            assert not IDENTITY.search(text)
            assert not PERSON.search(text)


@pytest.mark.parametrize(
    ("place", "short"), [("元谋县", "元谋"), ("水富市", "水富"), ("东川区", "东川"), ("双江拉祜族佤族县", "双江拉祜")]
)
def test_a_firm_is_called_by_its_place(place: str, short: str) -> None:
    name = payees.firm(place, stream("firm"))
    assert name.startswith(short)
    assert name.endswith("有限公司")
    assert any(trade in name for trade in payees.WORKS)


def test_works_are_paid_to_firms_and_now_and_then_to_a_village() -> None:
    names = [name for name, _words in drawn(payees.works, VILLAGES)]
    share = sum(name in VILLAGES for name in names) / len(names)
    assert 0.15 < share < 0.35
    assert all(name in VILLAGES or name.endswith("有限公司") for name in names)
    assert not any("村" in name for name, _words in drawn(payees.works, []))


def test_compensation_of_households_goes_out_in_batches() -> None:
    for name, words in drawn(payees.land, VILLAGES):
        if "户" in words:
            assert name == "代发·移民补偿"
            assert 3 <= int(re.findall(r"(\d+) 户", words)[0]) <= 60
        elif "村集体" in words:
            assert name in VILLAGES
        else:
            assert name.endswith("有限公司")


def test_land_of_a_village_nobody_knows_is_paid_through_a_firm() -> None:
    names = {name for name, words in drawn(payees.land, []) if "村集体" in words}
    assert names
    assert all(name.endswith("有限公司") for name in names)


def test_subsidy_names_the_town_and_how_many() -> None:
    for name, words in drawn(payees.subsidy, TOWNS):
        assert name == "代发·后扶直补"
        assert words.split()[0] in TOWNS
        assert 80 <= int(words.split()[2].replace(",", "")) <= 2400
    assert {words.split()[0] for _name, words in drawn(payees.subsidy, [])} == {"元谋县"}


def test_an_account_outside_has_nineteen_figures() -> None:
    numbers = {payees.account_number(stream("account", at)) for at in range(50)}
    assert len(numbers) == 50
    assert all(number.startswith("62") and number.isdigit() and len(number) == 19 for number in numbers)


@pytest.mark.parametrize("template", payees.LAND)
def test_words_have_no_open_place(template: str) -> None:
    assert "{" not in template.format(n=3)
