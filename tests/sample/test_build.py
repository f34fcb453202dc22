"""Building the province: its day is noted when all of it stands, it is built once, and only for demonstrations."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from anzhi.foundation.accounts import demo
from anzhi.foundation.accounts.models import User
from anzhi.foundation.parameters import clock
from anzhi.sample import build
from anzhi.sample.money.plan import SampleRefused
from supervision.funds.factories import account

DAY = date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Ground and money only say that they were asked, and when."""
    asked: list[tuple[str, Any]] = []

    def ground(as_of: date, say: Any) -> set[str]:
        asked.append(("ground", as_of))
        say("ground stands")
        return {"532328000000"}

    def money(year: Any, builders: set[str], say: Any) -> None:
        asked.append(("money", (year.as_of, builders, build.standing())))

    monkeypatch.setattr(build.ground, "build", ground)
    monkeypatch.setattr(build.year, "build", money)
    monkeypatch.setattr("django.core.management.commands.check.Command.handle", lambda *_, **__: None)
    return asked


def ordered(*words: str) -> str:
    out = StringIO()
    call_command("sample", *words, stdout=out)
    return out.getvalue()


def test_ground_comes_first_and_tells_money_where_something_is_built(parts: list) -> None:
    said: list[str] = []
    build.build(DAY, said.append)
    assert parts == [("ground", DAY), ("money", (DAY, {"532328000000"}, None))]
    assert said == ["ground stands"]
    assert build.standing() == DAY


def test_a_build_that_is_refused_leaves_no_day(parts: list, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise SampleRefused("CCB20261031.xml: no such account")

    monkeypatch.setattr(build.year, "build", refused)
    with pytest.raises(SampleRefused):
        build.build(DAY, print)
    assert build.standing() is None


def test_accounts_without_a_day_are_a_broken_build(system: None) -> None:
    assert not build.begun()
    account()
    assert build.begun()


def test_a_province_that_stands_is_not_a_broken_build(parts: list, system: None) -> None:
    account()
    build.build(DAY, lambda said: None)
    assert not build.begun()


def test_the_command_builds_for_the_day_it_is_told(parts: list) -> None:
    ordered("--as-of", "2025-03-31")
    assert parts[0] == ("ground", date(2025, 3, 31))
    assert build.standing() == date(2025, 3, 31)


def test_without_a_day_it_is_today(parts: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 12, 1))
    ordered()
    assert parts[0] == ("ground", date(2026, 12, 1))


def test_the_second_time_nothing_is_built_and_the_day_is_told(parts: list) -> None:
    ordered("--as-of", DAY.isoformat())
    parts.clear()
    told = ordered("--as-of", "2020-01-01")
    assert parts == []
    assert "2026-11-22" in told
    assert build.standing() == DAY


def test_a_broken_build_is_told_with_its_cure(parts: list, system: None) -> None:
    account()
    with pytest.raises(CommandError, match="--fresh"):
        ordered()
    assert parts == []


def test_it_is_for_demonstrations_only(parts: list, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="demonstrations only"):
        ordered()
    assert parts == []


@pytest.mark.parametrize("word", ["22.11.2026", "2026-13-01", "today"])
def test_a_day_is_a_date(parts: list, word: str) -> None:
    with pytest.raises(CommandError, match="--as-of"):
        ordered("--as-of", word)
    assert parts == []


def test_its_people_come_with_it_and_come_again(parts: list, system: None) -> None:
    ordered("--as-of", DAY.isoformat())
    names = {one.username for one in demo.ACCOUNTS}
    assert set(User.objects.values_list("username", flat=True)) == names
    ordered()
    assert User.objects.count() == len(names)


def test_the_day_of_work_is_the_samples_day(parts: list, system: None) -> None:
    ordered("--as-of", DAY.isoformat())
    assert clock.today() == DAY
