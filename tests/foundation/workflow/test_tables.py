"""What the database itself refuses, and who sees which rows."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from anzhi.foundation.access.scope import no_scope, region_scope, system_scope
from anzhi.foundation.workflow.models import (
    Case,
    Definition,
    Delegation,
    Intervention,
    LogEntry,
    Party,
    Receipt,
    Step,
    Task,
    Visit,
    Vote,
)
from harness.people import agency_at, user_at

pytestmark = pytest.mark.usefixtures("system")
NOW = timezone.now()
HERE, ABOVE, FAR = "532328000000", "532300000000", "530622000000"


def definition(key: str = "d", version: int = 1, state: str = "draft") -> Definition:
    row = Definition.objects.create(
        key=key, version=version, name="规划大纲", xml="<x/>", sha256="0" * 64, drafted_by="甲"
    )
    Step.objects.create(definition=row, code="a", position=1, kind="task", name="审核", told={})
    if state != "draft":
        published = {"published_at": NOW, "publisher_id": 2} if state in ("published", "retired") else {}
        Definition.objects.filter(pk=row.pk).update(state=state, **published)
    return row


def case(region: str = HERE, **more: Any) -> Case:
    told: dict[str, Any] = {"key": "d", "title": "大纲", "started_at": NOW, "region_code": region} | more
    return Case.objects.create(
        definition=Definition.objects.first() or definition(),
        agency=agency_at(region.rstrip("0")),
        starter=user_at(region=region.rstrip("0")),
        **told,
    )


def visit(of: Case, step: str = "a", round_: int = 1, **more: Any) -> Visit:
    return Visit.objects.create(case=of, region_code=of.region_code, step=step, round=round_, entered_at=NOW, **more)


def task(of: Visit, **more: Any) -> Task:
    told: dict[str, Any] = {"step": of.step, "step_name": "审核", "created_at": NOW, "desk_region": of.region_code}
    return Task.objects.create(case=of.case, visit=of, region_code=of.region_code, **(told | {"queued": True} | more))


def refused(name: str, **rows: Any) -> None:
    """The constraint of this name refuses what `make` does."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows["make"]()


@pytest.mark.parametrize("state", ["review", "published", "retired"])
def test_a_definition_that_left_the_draft_does_not_change(state: str) -> None:
    row = definition(state=state)
    for change in ({"xml": "<y/>"}, {"sha256": "1" * 64}, {"name": "别的"}, {"head": {"start": "b"}}, {"version": 9}):
        with pytest.raises(DatabaseError, match="has left the draft"), transaction.atomic():
            Definition.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError, match="has left the draft"), transaction.atomic():
        Definition.objects.filter(pk=row.pk)._raw_delete("default")


def test_steps_of_a_definition_that_left_the_draft_do_not_change() -> None:
    row = definition(state="review")
    acts = (
        lambda: Step.objects.filter(definition=row).update(name="别的"),
        lambda: Step.objects.filter(definition=row)._raw_delete("default"),
        lambda: Step.objects.create(definition=row, code="b", position=2, kind="task", name="加", told={}),
    )
    for act in acts:
        with pytest.raises(DatabaseError, match="left the draft"), transaction.atomic():
            act()


def test_a_draft_changes_and_goes() -> None:
    row = definition()
    Definition.objects.filter(pk=row.pk).update(xml="<y/>")
    Step.objects.filter(definition=row).update(name="别的")
    row.delete()
    assert not Step.objects.exists()


def test_one_edition_is_published_and_by_another_person() -> None:
    definition(state="published")
    second = definition(version=2)
    later = Definition.objects.filter(pk=second.pk)
    refused("definition_one_published_per_key", make=lambda: later.update(state="published", published_at=NOW))
    third = definition("other")
    own = {"state": "published", "published_at": NOW, "publisher_id": 7, "drafter_id": 7}
    refused("definition_published_by_another", make=lambda: Definition.objects.filter(pk=third.pk).update(**own))
    refused("definition_version_once", make=lambda: definition(version=2))


def test_the_same_project_is_not_submitted_twice_at_a_time() -> None:
    first = case(subject_type="projects.project", subject_id="7")
    refused("case_one_live_per_subject", make=lambda: case(subject_type="projects.project", subject_id="7"))
    Case.objects.filter(pk=first.pk).update(state="rejected", ended_at=NOW)
    assert case(subject_type="projects.project", subject_id="7").pk
    assert case().pk != case().pk, "cases about nothing are not compared"


def test_states_and_days_go_together() -> None:
    one = case()
    refused("case_ended_has_a_day", make=lambda: Case.objects.filter(pk=one.pk).update(state="approved"))
    round_ = visit(one)
    refused("visit_left_has_a_day", make=lambda: Visit.objects.filter(pk=round_.pk).update(state="passed"))
    refused("visit_open_once", make=lambda: visit(one, round_=2))
    refused("visit_round_once", make=lambda: visit(one, state="passed", left_at=NOW))
    seat = task(round_)
    refused("task_done_has_a_day", make=lambda: Task.objects.filter(pk=seat.pk).update(state="done"))
    refused("task_is_somebody_s", make=lambda: Task.objects.filter(pk=seat.pk).update(queued=False))


def test_a_round_takes_one_vote_of_a_person() -> None:
    round_ = visit(case())
    told = {"case": round_.case, "visit": round_, "region_code": HERE, "voter_id": 5, "choice": "pass", "cast_at": NOW}
    Vote.objects.create(task=task(round_), voter_label="甲", **told)
    second = task(round_)
    refused("vote_once_a_round", make=lambda: Vote.objects.create(task=second, voter_label="甲", **told))


def test_log_and_votes_are_only_added_to() -> None:
    one = case()
    LogEntry.objects.create(case=one, region_code=HERE, number=1, at=NOW, act="start", actor_label="甲", hash=b"x")
    for act in (lambda: LogEntry.objects.update(opinion="改"), lambda: LogEntry.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match=r"permission denied|never changed"), transaction.atomic():
            act()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('workflow_vote', 'UPDATE'), has_table_privilege('workflow_hand', 'DELETE')"
        )
        assert cursor.fetchone() == (False, False)


def test_one_person_acts_for_another_at_a_time() -> None:
    giver, taker, third = user_at(), user_at(), user_at()

    def give(to: Any, start: int, end: int, key: str = "") -> Delegation:
        return Delegation.objects.create(
            giver=giver,
            taker=to,
            agency=agency_at("532328"),
            key=key,
            reason="出差",
            given_by="甲",
            begins_at=NOW + timedelta(start),
            ends_at=NOW + timedelta(end),
        )

    give(taker, 0, 5)
    give(third, 5, 9)
    refused("delegation_one_taker_at_a_time", make=lambda: give(third, 4, 6))
    refused("delegation_ends_after_it_begins", make=lambda: give(third, 12, 12))
    refused("delegation_to_another", make=lambda: give(giver, 20, 21))
    assert give(third, 4, 6, key="outline").pk


def test_an_intervention_takes_two_people_and_one_waits_at_a_time() -> None:
    one = case()
    told = {"case": one, "region_code": HERE, "remedy": "end", "reason": "重复", "proposed_at": NOW, "proposer_id": 3}
    row = Intervention.objects.create(**told)
    refused("intervention_one_open_per_case", make=lambda: Intervention.objects.create(**told))
    settled = {"settled_at": NOW, "settler_id": 3, "confirmed": True}
    refused("intervention_by_two", make=lambda: Intervention.objects.filter(pk=row.pk).update(**settled))
    assert Intervention.objects.filter(pk=row.pk).update(**settled | {"confirmed": False}) == 1


def test_a_key_is_used_once_by_a_person() -> None:
    Receipt.objects.create(actor_id=1, key="k", digest=b"")
    Receipt.objects.create(actor_id=2, key="k", digest=b"")
    refused("receipt_once", make=lambda: Receipt.objects.create(actor_id=1, key="k", digest=b""))


def seen(prefix: str) -> tuple[int, int, int, int]:
    """Cases, rounds, tasks and log entries in sight of an office."""
    with region_scope(prefix):
        return tuple(model.objects.count() for model in (Case, Visit, Task, LogEntry))  # type: ignore[return-value]


def test_a_case_is_seen_in_its_region_above_it_and_by_who_takes_part() -> None:
    one = case()
    task(visit(one))
    LogEntry.objects.create(case=one, region_code=HERE, number=1, at=NOW, act="start", actor_label="甲", hash=b"x")
    assert [seen(prefix) for prefix in ("532328", "5323", "53", "530622")] == [(1, 1, 1, 1)] * 3 + [(0, 0, 0, 0)]
    Party.objects.create(case=one, region_code=FAR)
    assert seen("530622") == (1, 1, 1, 1)
    assert seen("530102") == (0, 0, 0, 0)
    with no_scope():
        assert Case.objects.count() == 0


def test_a_task_is_seen_where_it_lies_and_nobody_writes_outside_their_area() -> None:
    one = case("530000000000")
    task(visit(one), desk_region=FAR)
    with region_scope("530622"):
        assert (Case.objects.count(), Task.objects.count()) == (0, 1)
        assert Case.objects.filter(pk=one.pk).update(title="改") == 0
    with region_scope("532328"):
        assert Task.objects.count() == 0
    with system_scope():
        Party.objects.create(case=one, region_code=FAR)
    with region_scope("530622"):
        assert Case.objects.filter(pk=one.pk).update(title="改") == 0, "taking part lets read, not write"
