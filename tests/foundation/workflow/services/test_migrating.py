"""Running cases moved to another edition: looked at first, each for itself, resumable, nothing lost."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow import jobs, placing, proof
from anzhi.foundation.workflow.models import Case, Definition, LogEntry
from anzhi.foundation.workflow.rules.plan import Countersign, Plan
from anzhi.foundation.workflow.services import migrating
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import chain, decide, person, plan, submit
from foundation.workflow.offices import Offices, begin, do, in_force, task, tasks, walk
from foundation.workflow.services.test_walking import FORKED

MAPPING = {"review": "second"}


def newer() -> Plan:
    """The review is called otherwise, and a note comes before the decision."""
    return plan(
        submit("check"),
        person("check", "fund_monitor@self", "second"),
        person("second", "officer@parent", "note"),
        person("note", "leader@self", "decide"),
        decide(),
    )


@pytest.fixture
def moved(offices: Offices) -> tuple[list[Case], Definition]:
    """Three cases at check and two at review, and the newer edition."""
    in_force(chain())
    cases = [begin(offices.starter) for _ in range(5)]
    for case in cases[3:]:
        walk(case, offices.checker)
    return cases, in_force(newer())


def test_a_dry_run_tells_where_every_case_would_stand(moved: tuple) -> None:
    _cases, to = moved
    bare = placing.preview(to, {})
    assert [(row.step, row.cases, bool(row.problem)) for row in bare] == [("check", 3, False), ("review", 2, True)]
    assert "“review” has no place" in bare[1].problem
    assert [row.problem for row in placing.preview(to, MAPPING)] == ["", ""]
    assert set(Case.objects.values_list("definition__version", flat=True)) == {1}, "nothing was moved"


def test_all_are_moved_and_walk_on_by_the_new_edition(offices: Offices, moved: tuple) -> None:
    cases, to = moved
    done = migrating.migrate_all(by=offices.decider, to=to, mapping=MAPPING)
    assert (done.moved, done.refused) == (5, {})
    last = Case.objects.get(pk=cases[4].pk)
    assert (task(last).step, task(last).step_name) == ("second", "second")
    walk(last, offices.reviewer, offices.leader, offices.decider)
    assert last.state == "approved"
    assert proof.broken_at(last) is None
    assert LogEntry.objects.get(case=last, act="migrated").detail["mapping"] == MAPPING


def test_interrupted_half_way_and_resumed_loses_none_and_moves_none_twice(offices: Offices, moved: tuple) -> None:
    cases, to = moved
    assert migrating.migrate_all(by=offices.decider, to=to, mapping=MAPPING, limit=2).moved == 2
    assert len(placing.waiting(to)) == 3
    assert migrating.migrate_all(by=offices.decider, to=to, mapping=MAPPING).moved == 3
    assert migrating.migrate_all(by=offices.decider, to=to, mapping=MAPPING).moved == 0
    assert LogEntry.objects.filter(act="migrated").count() == len(cases)
    assert all(len(tasks(case)) == 1 for case in cases)


def test_what_has_no_place_stays_and_says_why(offices: Offices, moved: tuple) -> None:
    cases, to = moved
    done = migrating.migrate_all(by=offices.decider, to=to, mapping={})
    assert (done.moved, sorted(done.refused)) == (3, [case.pk for case in cases[3:]])
    assert all("no place" in reason for reason in done.refused.values())
    assert task(cases[3]).step == "review"


def test_a_step_that_is_gone_is_no_longer_returned_to(offices: Offices, moved: tuple) -> None:
    cases, to = moved
    migrating.migrate_all(by=offices.decider, to=to, mapping=MAPPING)
    case = cases[4]
    walk(case, offices.reviewer)
    with pytest.raises(ValidationError, match="cannot be sent back"):
        do(offices.leader, Act.RETURN, task(case), to="review", opinion="x")
    do(offices.leader, Act.RETURN, task(case), to="check", opinion="再核")
    assert task(case).step == "check"


def test_kinds_and_branches_must_fit(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    signed = person("check", "fund_monitor@self", "decide", countersign=Countersign("all"))
    to = in_force(plan(submit("check"), signed, decide()))
    with pytest.raises(Denied, match="another kind"):
        migrating.migrate(by=offices.decider, case=case.pk, to=to, mapping={})
    to = in_force(FORKED)
    with pytest.raises(Denied, match="another parallel branch"):
        migrating.migrate(by=offices.decider, case=case.pk, to=to, mapping={})


def test_who_moves_cases_and_where_to(offices: Offices, moved: tuple) -> None:
    cases, to = moved
    told = {"case": cases[0].pk, "mapping": MAPPING}
    with pytest.raises(Denied, match="role"):
        migrating.migrate(by=offices.checker, to=to, **told)
    with pytest.raises(Denied, match="Only the province"):
        migrating.migrate(by=offices.leader, to=to, **told)
    with pytest.raises(ValidationError, match="edition in force"):
        migrating.migrate(by=offices.decider, to=Definition.objects.get(version=1), **told)
    other = in_force(replace(newer(), key="other"))
    with pytest.raises(Denied, match="another edition of this procedure"):
        migrating.migrate(by=offices.decider, to=other, **told)
    migrating.ask(by=offices.decider, to=to, mapping=MAPPING)


def test_the_job_moves_them_on_behalf_of_who_asked(offices: Offices, moved: tuple) -> None:
    cases, to = moved
    jobs.migrate(definition=to.pk, mapping=MAPPING, by=offices.decider.id or 0)
    entry = LogEntry.objects.filter(act="migrated").first()
    assert entry.actor_label == "高鸿儒"
    assert placing.waiting(to) == []
    assert cases
