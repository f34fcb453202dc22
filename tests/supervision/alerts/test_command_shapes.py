"""`./anzhi alerts`: the shapes that scripts rely on, and the order in which people read."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts.models import Alert
from supervision.alerts.factories import TODAY, Office, allocation

pytestmark = pytest.mark.usefixtures("spoken")
FACTS = {
    "number", "type", "subject", "level", "days", "region_code", "state", "since", "raised_on", "amount", "sentence",
}  # fmt: skip


def told(*words: str) -> list[str]:
    out = StringIO()
    call_command("alerts", *words, stdout=out)
    return out.getvalue().splitlines()


def objects(*words: str) -> list[dict]:
    return [json.loads(line) for line in told(*words, "--json")]


@pytest.fixture
def late() -> None:
    """One prefecture is three days late, another forty-three."""
    for region, county, days in (("5323", "532328", 3), ("5306", "530622", 43)):
        prefecture, receiver = Office(region), Office(county)
        due = TODAY - timedelta(days=days)
        prefecture.tells(until=TODAY)
        allocation(
            prefecture, receiver, "5000000", issued=due - timedelta(days=30), due=due, document=f"云搬发{days}号"
        )


@pytest.fixture
def run(late: None) -> dict:
    (said,) = objects("run", "--as-of", TODAY.isoformat())
    return said


def test_a_run_is_one_object(run: dict) -> None:
    assert set(run) == {"as_of", "raised", "turned", "followed", "numbers"}
    assert run["as_of"] == TODAY.isoformat()
    assert (run["raised"], len(run["numbers"])) == (2, 2)
    assert set(run["numbers"]) == set(Alert.objects.values_list("number", flat=True))


def test_without_a_day_it_is_the_day_of_work(late: None) -> None:
    with clock.turned_to(TODAY - timedelta(days=10)):
        (said,) = objects("run")
    assert said["as_of"] == (TODAY - timedelta(days=10)).isoformat()
    assert said["raised"] == 1, "ten days ago only one of them was late"


def test_a_list_is_an_object_a_line_red_first(run: dict) -> None:
    listed = objects("list")
    assert [one["level"] for one in listed] == sorted(
        (one["level"] for one in listed), key=["red", "yellow", "blue"].index
    )
    assert all(set(one) == FACTS for one in listed)
    assert {one["number"] for one in listed} == set(run["numbers"])


def test_amounts_are_plain_yuan_that_a_program_reads(run: dict) -> None:
    assert {one["amount"] for one in objects("list")} == {"5000000.00"}
    assert {one["region_code"] for one in objects("list")} == {"532300000000", "530600000000"}


def test_people_get_a_line_an_alert(run: dict) -> None:
    lines = told("list")
    assert len(lines) == 2
    for line, one in zip(lines, objects("list"), strict=True):
        assert line.startswith(f"{one['number']}  {one['level']}")
        assert line.endswith(one["sentence"])


@pytest.mark.parametrize(("words", "count"), [(["--type", "TRANSFER_LATE"], 2), (["--type", "IDLE_FUND"], 0)])
def test_a_list_is_narrowed_by_type(run: dict, words: list[str], count: int) -> None:
    assert len(objects("list", *words)) == count


def test_levels_share_the_list_between_them(run: dict) -> None:
    by_level = {level: objects("list", "--level", level) for level in ("red", "yellow", "blue")}
    assert sum(map(len, by_level.values())) == 2
    assert all(one["level"] == level for level, several in by_level.items() for one in several)


def test_an_explanation_holds_facts_and_limits_of_its_day(run: dict) -> None:
    (whole,) = objects("explain", run["numbers"][0])
    assert set(whole) == FACTS | {"why", "facts", "limits"}
    assert whole["why"]
    assert told("explain", run["numbers"][0])[0].startswith(run["numbers"][0])


def test_looking_changes_nothing(run: dict) -> None:
    before = list(Alert.objects.order_by("pk").values())
    objects("list")
    objects("explain", run["numbers"][0])
    assert list(Alert.objects.order_by("pk").values()) == before
