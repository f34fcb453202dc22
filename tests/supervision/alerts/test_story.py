"""An alert's page tells its life in six steps, what was done, and each act with the reason where it may not be done."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from anzhi.foundation.access.actors import Actor
from anzhi.supervision.alerts import queries, story
from anzhi.supervision.alerts.forms import LimitsForm, limit_field, stored, written
from anzhi.supervision.alerts.models import Action, Alert, LevelChange
from anzhi.supervision.alerts.states import MOVES, Act, State
from anzhi.supervision.alerts.types.base import Unit
from anzhi.supervision.alerts.types.catalogue import TYPES
from harness.people import agency_at, saved_actor
from supervision.alerts.factories import TODAY

pytestmark = pytest.mark.usefixtures("system")
RULE = TYPES["TRANSFER_LATE"]


def alert(level: str = "blue", acts: Sequence[Act] = (), by: Actor | None = None, gone: bool = False) -> Alert:
    """An alert on which these acts were done, one an hour."""
    agency = agency_at("5323")
    row = Alert(
        number="YJ-20261122-0001", type=RULE.code, version=queries.live_version(RULE.code), subject="document:1",
        region_code=agency.region_code, agency=agency, level=level, amount=Decimal(5_000_000), days=3, since=TODAY,
        facts={}, limits={}, raised_on=TODAY, raised_at=timezone.now() - timedelta(days=2), checked_on=TODAY,
        gone_on=TODAY if gone else None,
    )  # fmt: skip
    for act in acts:
        row.state = MOVES[act][1] or row.state
    row.closed_at = timezone.now() if row.state in (State.CLOSED, State.FALSE_POSITIVE) else None
    row.save()
    LevelChange.objects.create(
        alert=row, region_code=row.region_code, on=TODAY, at=row.raised_at, before="", after=level, facts={}
    )
    for hour, act in enumerate(acts, 1):
        Action.objects.create(
            alert=row, region_code=row.region_code, act=act, note=f"第{hour}步", by_id=by and by.id, by_name="杨若岚",
            by_agency="楚雄州搬迁安置办", at=row.raised_at + timedelta(hours=hour),
        )  # fmt: skip
    return row


HANDLED = (Act.ACKNOWLEDGE, Act.EXPLAIN, Act.VERIFY, Act.VERIFY)


@pytest.mark.parametrize(
    ("acts", "gone", "kinds"),
    [
        ((), False, ["d", "c", "", "", "", ""]),
        ((Act.ACKNOWLEDGE,), False, ["d", "d", "c", "", "", ""]),
        ((Act.CALL,), False, ["d", "c", "", "", "", ""]),
        ((Act.ACKNOWLEDGE, Act.RECTIFY), False, ["d", "d", "d", "c", "", ""]),
        ((Act.ACKNOWLEDGE, Act.EXPLAIN), True, ["d", "d", "d", "c", "d", ""]),
        (HANDLED, False, ["d", "d", "d", "d", "c", ""]),
        (HANDLED, True, ["d", "d", "d", "d", "d", "c"]),
        ((*HANDLED, Act.CLOSE), True, ["d", "d", "d", "d", "d", "d"]),
    ],
)
def test_six_steps_of_which_one_is_now(acts: Sequence[Act], gone: bool, kinds: list[str]) -> None:
    assert [step.kind for step in story.life(alert(acts=acts, gone=gone))] == kinds


def test_a_step_stands_at_its_first_time() -> None:
    row = alert(acts=HANDLED)
    at = [step.at for step in story.life(row)]
    hours = [None if one is None else round((one - row.raised_at) / timedelta(hours=1)) for one in at]
    assert hours == [0, 1, 2, 3, None, None]


@pytest.mark.parametrize(("level", "words"), [("red", "省级"), ("yellow", "他人"), ("blue", "他人")])
def test_who_ends_it_stands_at_the_last_step(level: str, words: str) -> None:
    with translation.override("zh-hans"):
        assert words in str(story.life(alert(level))[-1].note)


def test_what_was_done_is_told_newest_first_with_the_rule_s_own_turns() -> None:
    row = alert(acts=(Act.ACKNOWLEDGE, Act.CALL))
    LevelChange.objects.create(
        alert=row, region_code=row.region_code, on=TODAY, before="blue", after="red", facts={},
        at=row.raised_at + timedelta(hours=9),
    )  # fmt: skip
    LevelChange.objects.create(
        alert=row, region_code=row.region_code, on=TODAY, before="red", after="", facts={},
        at=row.raised_at + timedelta(hours=10),
    )  # fmt: skip
    told = story.steps(row)
    assert [step["said"] for step in told] == ["", "", "第2步", "第1步", ""]
    assert [step["kind"] for step in told] == ["done", "bad", "done", "done", "bad"]
    assert told[2]["who"] == "楚雄州搬迁安置办 杨若岚"
    assert [step["at"] for step in told] == sorted((step["at"] for step in told), reverse=True)


@pytest.mark.parametrize(
    ("acts", "main", "open_acts"),
    [
        ((), Act.ACKNOWLEDGE, {Act.ACKNOWLEDGE, Act.CALL, Act.DISMISS}),
        ((Act.ACKNOWLEDGE,), Act.EXPLAIN, {Act.CALL, Act.EXPLAIN, Act.RECTIFY, Act.DISMISS}),
        ((Act.ACKNOWLEDGE, Act.EXPLAIN), Act.VERIFY, {Act.CALL, Act.EXPLAIN, Act.RECTIFY, Act.VERIFY, Act.DISMISS}),
        (HANDLED, Act.CLOSE, {Act.CALL, Act.RECTIFY, Act.VERIFY, Act.CLOSE, Act.DISMISS}),
    ],
)
def test_acts_offered_to_another_person(acts: Sequence[Act], main: Act, open_acts: set[Act]) -> None:
    row = alert(acts=acts, by=saved_actor("fund_monitor", region="5323"), gone=True)
    offers = dict(zip(Act, story.offers(row, saved_actor("fund_monitor", region="5323")), strict=True))
    assert {act for act, offer in offers.items() if not offer.reason} == open_acts
    assert [act for act, offer in offers.items() if offer.kind == "main"] == [main]
    assert offers[Act.DISMISS].kind == "bad"
    assert all(row.number in offer.url for offer in offers.values())


def test_a_handler_reads_why_another_must_end_it() -> None:
    handler = saved_actor("fund_monitor", region="5323")
    row = alert(acts=HANDLED, by=handler, gone=True)
    offers = dict(zip(Act, story.offers(row, handler), strict=True))
    assert offers[Act.CLOSE].reason == offers[Act.DISMISS].reason != ""
    assert not offers[Act.VERIFY].reason


def test_a_reader_reads_a_reason_at_every_act() -> None:
    assert all(offer.reason for offer in story.offers(alert(), saved_actor("leader", region="5323")))


@pytest.mark.parametrize("last", [Act.CLOSE, Act.DISMISS])
def test_nothing_is_offered_on_what_has_ended(last: Act) -> None:
    row = alert(acts=(*HANDLED, last), gone=True)
    assert story.offers(row, saved_actor("fund_monitor", region="53")) == []


# ---- limits as they are read and written


@pytest.mark.parametrize(
    ("name", "typed", "kept", "read"),
    [
        ("amount_days", "3", "3", "3 天"),
        ("yellow_amount", "25000000.50", "25000000.50", "2,500.00 万元"),
        ("red_amount", "100000000", "100000000", "1.00 亿元"),
    ],
)
def test_a_limit_is_typed_kept_and_read(name: str, typed: str, kept: str, read: str) -> None:
    parameter = next(p for p in RULE.parameters if p.name == name)
    value = stored(parameter, limit_field(parameter).clean(typed))
    assert value == Decimal(kept)
    with translation.override("zh-hans"):
        assert story.shown(parameter, value).replace("\xa0", " ") == read


def test_a_share_is_typed_in_per_cent() -> None:
    share = next(p for p in TYPES["IDLE_FUND"].parameters if p.unit == Unit.SHARE)
    assert stored(share, limit_field(share).clean("12.5")) == Decimal("0.125")
    assert written(share, Decimal("0.1000")) == Decimal(10)
    assert written(share, Decimal("0.125")) == Decimal("12.5")
    with pytest.raises(Exception, match="100"):
        limit_field(share).clean("100.01")


@pytest.mark.parametrize(
    ("blue", "yellow", "red", "right"),
    [("1", "10", "30", True), ("10", "10", "10", True), ("11", "10", "30", False), ("1", "31", "30", False)],
)
def test_a_worse_level_never_begins_earlier(blue: str, yellow: str, red: str, right: bool) -> None:
    data = {p.name: "1" for p in RULE.parameters} | {"blue_days": blue, "yellow_days": yellow, "red_days": red}
    form = LimitsForm(data | {"note": "厅务会议定"}, rule=RULE)
    assert form.is_valid() is right
    assert bool(form.non_field_errors()) is not right


@pytest.mark.parametrize(
    ("name", "value"), [("red_days", "-1"), ("red_days", "1.5"), ("red_amount", "x"), ("note", "")]
)
def test_a_limit_that_is_none_is_refused_at_its_field(name: str, value: str) -> None:
    data = {p.name: "30" for p in RULE.parameters} | {"note": "依据", name: value}
    form = LimitsForm(data, rule=RULE)
    assert not form.is_valid()
    assert name in form.errors
