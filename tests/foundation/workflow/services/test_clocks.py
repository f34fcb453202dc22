"""Both clocks of a case, limits of steps, pauses, exclusions, marks and whom they reach."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.calendar import services as calendar
from anzhi.foundation.calendar.rules import ZONE, Named
from anzhi.foundation.parameters import services as parameters
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.foundation.workflow import proof
from anzhi.foundation.workflow.models import Case, Clock, Copy, LogEntry, Receipt
from anzhi.foundation.workflow.rules.plan import Countersign, Limit, Node, Plan, Timing
from anzhi.foundation.workflow.services import sweeping
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import LIMITED, board, chain, decide, person, plan, submit
from foundation.workflow.offices import Offices, begin, do, in_force, somebody, task, walk

MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZONE)  # no holiday until April


def at(day: int, hour: int = 10, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def limited(code: str, limit: str, **more: object) -> Plan:
    """The chain with a limit at one step."""
    nodes = tuple(replace(n, limit=Limit.read(limit), **more) if n.code == code else n for n in chain().nodes)
    return replace(chain(**LIMITED), nodes=nodes)


def due(case: Case, kind: str) -> str:
    """The deadline of a clock that runs; empty while it stands."""
    row = Clock.objects.get(case=case, kind=kind, stopped_at=None)
    return f"{timezone.localtime(row.due_at):%m-%d %H:%M}" if row.due_at else ""


def test_both_clocks_run_from_the_day_it_was_handed_in(offices: Offices) -> None:
    in_force(chain(**LIMITED))
    with time_machine.travel(MONDAY, tick=False):
        case = begin(offices.starter)
    assert (due(case, "statutory"), due(case, "service")) == ("03-30 17:30", "03-11 17:30")


def test_they_begin_with_acceptance_where_a_step_says_so(offices: Offices) -> None:
    in_force(limited("check", "5", timing=Timing.STARTS))
    with time_machine.travel(MONDAY, tick=False) as now:
        case = begin(offices.starter)
        assert not Clock.objects.filter(case=case, visit=None).exists()
        now.move_to(at(4))
        walk(case, offices.checker)
    assert due(case, "service") == "03-13 17:30"


def test_a_return_for_completion_stops_them_and_a_return_between_offices_does_not(offices: Offices) -> None:
    in_force(chain(**LIMITED))
    with time_machine.travel(MONDAY, tick=False) as now:
        case = walk(begin(offices.starter), offices.checker)
        now.move_to(at(3))
        do(offices.reviewer, Act.RETURN, task(case), to="check", opinion="再核")
        assert due(case, "service") == "03-11 17:30"
        do(offices.checker, Act.RETURN, task(case), to="submit", opinion="缺件", items=("请示",))
        assert due(case, "service") == ""
        now.move_to(at(6))
        walk(case, offices.starter)
    assert due(case, "service") == "03-16 17:30", "three days out: the 3rd, 4th and 5th"


def test_expert_review_is_not_counted_but_has_a_limit_of_its_own(offices: Offices) -> None:
    in_force(limited("review", "20", timing=Timing.EXCLUDED))
    with time_machine.travel(MONDAY, tick=False) as now:
        case = walk(begin(offices.starter), offices.checker)
        assert (due(case, "statutory"), due(case, "step")) == ("", "03-30 17:30")
        now.move_to(at(9))
        walk(case, offices.reviewer)
    assert due(case, "service") == "03-17 17:30", "four working days of review do not count"


@pytest.mark.parametrize(
    ("limit", "begun", "expected"),
    [
        ("3", datetime(2026, 9, 29, 9, tzinfo=ZONE), "10-09 17:30"),  # 国庆: the 30th, the 8th, the 9th
        ("3 calendar", datetime(2026, 9, 29, 9, tzinfo=ZONE), "10-08 17:30"),  # rolls past the holiday
        ("0", MONDAY, "03-02 17:30"),
        ("1", datetime(2028, 2, 28, 9, tzinfo=ZONE), "02-29 17:30"),
    ],
    ids=["holiday", "calendar_days", "today", "leap_day"],
)
def test_deadlines(offices: Offices, limit: str, begun: datetime, expected: str) -> None:
    in_force(limited("check", limit))
    with time_machine.travel(begun, tick=False):
        case = begin(offices.starter)
    assert due(case, "step") == expected


def test_a_limit_may_be_a_dated_parameter(offices: Offices) -> None:
    in_force(board())
    with time_machine.travel(MONDAY, tick=False):
        case = begin(offices.starter)
    row = Clock.objects.get(case=case, kind="step")
    assert (row.limit, row.basis) == (3, "workflow.countersign.days")
    assert task(case).why["due"][0]["basis"] == "workflow.countersign.days"


def test_a_passed_step_stops_its_clock_and_an_ended_case_all(offices: Offices) -> None:
    in_force(limited("check", "5"))
    case = walk(begin(offices.starter), offices.checker)
    assert Clock.objects.get(case=case, kind="step").stopped_at
    walk(case, offices.reviewer, offices.decider)
    assert not Clock.objects.filter(case=case, stopped_at=None).exists()


# --- marks


def test_marks_are_told_once_each_and_at_the_end_to_those_above(offices: Offices) -> None:
    chief = somebody("leader", region="5323", name="罗正华")
    in_force(limited("check", "10"))
    with time_machine.travel(MONDAY, tick=False) as now:
        case = begin(offices.starter)
        step = Clock.objects.filter(case=case, kind="step")
        Clock.objects.filter(case=case).exclude(kind="step").delete()
        told = []
        for day in (6, 9, 10, 12, 13, 16, 17, 20):
            now.move_to(at(day, 18))
            sweeping.sweep()
            told.append(step.get().mark)
    assert told == [0, 50, 50, 80, 80, 100, 100, 100]
    reached = {mark: set() for mark in (50, 80, 100)}
    for copy in Copy.objects.filter(case=case, kind="mark"):
        reached[copy.detail["mark"]].add(copy.user_id)
    assert reached[50] == reached[80] == {offices.checker.id}
    assert reached[100] == {offices.checker.id, offices.leader.id, chief.id}
    assert LogEntry.objects.filter(case=case, act="mark").count() == 3
    assert proof.broken_at(Case.objects.get(pk=case.pk)) is None


def test_marks_missed_while_nobody_swept_are_told_as_one(offices: Offices) -> None:
    in_force(limited("check", "10"))
    with time_machine.travel(MONDAY, tick=False) as now:
        case = begin(offices.starter)
        now.move_to(at(20, month=4))
        assert sweeping.sweep() == 3, "the step's clock and both of the case"
    assert set(Clock.objects.filter(case=case).values_list("mark", flat=True)) == {100}
    with time_machine.travel(MONDAY, tick=False):
        assert sweeping.sweep() == 0, "a clock set back tells nothing twice"


def test_nothing_is_told_while_a_case_is_paused(offices: Offices) -> None:
    in_force(limited("check", "3"))
    with time_machine.travel(MONDAY, tick=False) as now:
        case = begin(offices.starter)
        do(offices.leader, Act.PAUSE, case, opinion="等候")
        now.move_to(at(20))
        assert sweeping.sweep() == 0
        do(offices.leader, Act.RESUME, case)
    assert due(case, "step") == "03-24 17:30"
    assert timezone.localtime(task(case).due_at).day == 24


def test_whom_a_mark_reaches_is_a_dated_parameter(offices: Offices) -> None:
    in_force(limited("check", "2"))
    with time_machine.travel(MONDAY, tick=False) as now:
        row = RuleParameter.objects.get(code="workflow.mark.50")
        told = {"value": "leader@self", "valid_from": MONDAY.date(), "legal_basis": "内部规定"}
        parameters.set_value(by=SYSTEM, parameter=row, **told)
        case = begin(offices.starter)
        Clock.objects.filter(case=case).exclude(kind="step").delete()
        now.move_to(at(3, 18))
        sweeping.sweep()
    assert set(Copy.objects.filter(case=case).values_list("user_id", flat=True)) == {offices.leader.id}


def test_the_clock_going_back_harms_nothing(offices: Offices) -> None:
    in_force(limited("check", "5"))
    with time_machine.travel(MONDAY, tick=False) as now:
        case = begin(offices.starter)
        now.shift(timedelta(days=-1))
        walk(case, offices.checker, offices.reviewer, offices.decider)
    assert Case.objects.get(pk=case.pk).state == "approved"
    assert proof.broken_at(Case.objects.get(pk=case.pk)) is None
    numbers = list(LogEntry.objects.filter(case=case).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_deadlines_follow_a_year_announced_later(offices: Offices) -> None:
    in_force(limited("check", "3"))
    with time_machine.travel(datetime(2029, 9, 28, 9, tzinfo=ZONE), tick=False):
        case = begin(offices.starter)
        assert (due(case, "step"), Clock.objects.get(case=case, kind="step").provisional) == ("10-03 17:30", True)
        named = {datetime(2029, 10, day, tzinfo=ZONE).date(): Named(False, "国庆节") for day in range(1, 8)}
        calendar.announce_year(by=SYSTEM, year=2029, named=named, source="国办发明电〔2028〕1号")
        assert sweeping.follow_calendar() == 1
    assert due(case, "step") == "10-10 17:30"
    assert timezone.localtime(task(case).due_at).day == 10


def test_receipts_are_kept_so_long(offices: Offices) -> None:
    Receipt.objects.create(actor_id=1, key="old", digest=b"", at=timezone.now() - timedelta(days=31))
    Receipt.objects.create(actor_id=1, key="new", digest=b"", at=timezone.now() - timedelta(days=29))
    assert sweeping.forget_receipts() == 1
    assert Receipt.objects.get().key == "new"


def test_a_countersigning_may_have_its_own_limit(offices: Offices) -> None:
    somebody("officer", region="53")
    sign: Node = person("sign", "officer@province", "decide", countersign=Countersign("any"), limit=Limit("5"))
    in_force(plan(submit("sign"), sign, decide()))
    with time_machine.travel(MONDAY, tick=False):
        case = begin(offices.starter)
    assert due(case, "step") == "03-09 17:30"
