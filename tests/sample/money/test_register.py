"""Accounts and history as the sample files them: who stands above whom, what lay in them, who is silent."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from anzhi.foundation.accounts.models import Agency
from anzhi.sample.money import deliver, year
from anzhi.sample.money.holders import SPECIAL, SUBSIDY, SUPPORT, WORKS, Holder, holders
from anzhi.sample.money.plan import SampleRefused
from anzhi.sample.span import Period
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.states import Nature

pytestmark = pytest.mark.usefixtures("system")
CODES = ("530000000000", "532300000000", "532328000000", "532326000000")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def held() -> list[Holder]:
    """The accounts of a line from the province down to two counties, registered."""
    offices = Agency.objects.filter(region_code__in=CODES, closed_on=None).select_related("parent")
    made = holders(list(offices.order_by("region_code")), {"532328000000"})
    made[-1].delivery = "abc"
    year.register(made)
    return made


def stored(code: str, use: str) -> SupervisedAccount:
    return SupervisedAccount.objects.get(region_code=code, name__contains=use)


def test_every_account_is_filed_with_its_bank_and_office(held: list[Holder]) -> None:
    assert SupervisedAccount.objects.count() == len(held) == 3 + 3 + 3 + 2
    one = stored("532326000000", WORKS)
    assert one.agency.region_code == "532326000000"
    assert one.name.startswith("大姚县")
    assert one.branch.endswith("大姚县支行")
    assert one.rivers == ["support"]


@pytest.mark.parametrize(("code", "place"), [("530000000000", "昆明城东支行"), ("532300000000", "营业部")])
def test_a_branch_is_where_the_office_is(held: list[Holder], code: str, place: str) -> None:
    assert all(one.branch.endswith(place) for one in SupervisedAccount.objects.filter(region_code=code))


def test_an_account_hangs_on_the_same_kind_above_it(held: list[Holder]) -> None:
    middle = stored("532300000000", SUPPORT)
    assert middle.upper == stored("530000000000", SUPPORT)
    for use in (WORKS, SUBSIDY):
        assert stored("532326000000", use).upper == middle
    assert stored("530000000000", SUPPORT).upper is None


def test_what_is_collected_is_told_from_what_is_special(held: list[Holder]) -> None:
    assert stored("532300000000", "归集").nature == Nature.COLLECTION
    assert stored("532300000000", SUPPORT).nature == Nature.SPECIAL


def test_sheets_are_delivered_by_file_and_messages_by_a_link(held: list[Holder]) -> None:
    for one in held:
        account = SupervisedAccount.objects.get(region_code=one.agency.region_code, name=one.name)
        assert account.link == ("api" if one.delivery in ("camt", "MT940") else "file")
    assert SupervisedAccount.objects.filter(link="file").exists()


def test_little_lies_where_every_yuan_has_its_person(held: list[Holder]) -> None:
    for one in held:
        low, high = year.OPENING.get(one.use, (2_000_000, 200_000_000))
        assert one.balance == 0 if one.use == SPECIAL else low <= one.balance <= high


def test_a_file_of_the_sample_that_is_refused_stops_it(held: list[Holder], tmp_path: Path) -> None:
    path = tmp_path / "CCB20261031.xml"
    path.write_text("<Document/>")
    with pytest.raises(SampleRefused, match=r"CCB20261031\.xml"):
        deliver.take(path)
    assert StatementFile.objects.get().state == "refused"


def test_a_file_of_the_sample_is_stored_as_any_other(held: list[Holder], tmp_path: Path) -> None:
    one = next(one for one in held if one.delivery == "camt")
    (path,) = deliver.write(deliver.told([one], Period(date(2026, 10, 1), date(2026, 10, 31))), tmp_path)
    before = one.balance
    assert deliver.take(path).state == "imported"
    account = SupervisedAccount.objects.get(name=one.name, region_code=one.agency.region_code)
    assert account.covered_until == date(2026, 10, 31)
    assert int(account.balance * 100) == before


@pytest.mark.parametrize(
    ("bank", "days", "silent"), [("qujing", 0, True), ("qujing", 2, True), ("qujing", 3, False), ("abc", 0, False)]
)
def test_a_dead_link_is_silent_in_the_last_days(held: list[Holder], bank: str, days: int, silent: bool) -> None:
    as_of, one = date(2026, 11, 22), held[0]
    one.bank = bank
    assert year._silent(one, as_of - days * DAY, as_of) is silent


def test_places_are_a_handful_of_real_villages_and_towns() -> None:
    places = year._places()
    assert len(places.villages) == len(places.towns) == 129
    assert all(1 <= len(named) <= 12 for named in (*places.villages.values(), *places.towns.values()))
    assert "元马镇" in places.towns["532328000000"]
