"""What apps hand in, and that every act is known everywhere it must be."""

import pytest

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import presenters
from anzhi.foundation.jobs import registry as jobs
from anzhi.foundation.live.registry import permission_of
from anzhi.foundation.workflow import registry
from anzhi.foundation.workflow.engine.acts import ON_ANY_TASK, ON_CASE, ON_TASK, permission
from anzhi.foundation.workflow.publishing import known
from anzhi.foundation.workflow.states import Act


@pytest.mark.usefixtures("effects")
def test_names_are_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        registry.effect("note", "again")(lambda moment: None)
    assert registry.effects()["note"] == "Note"
    assert registry.conditions() == {**registry.conditions(), "is_major": "Major"}


def test_what_nobody_registered_is_a_mistake() -> None:
    moment = registry.Moment(None, {}, SYSTEM, "a", "pass")
    with pytest.raises(LookupError, match="nobody registered"):
        registry.take_effect("gone", moment)
    with pytest.raises(LookupError, match="nobody registered"):
        registry.holds("gone", moment)


@pytest.mark.usefixtures("system", "effects")
def test_a_drawing_may_name_what_is_there() -> None:
    found = known()
    assert {"leader", "officer"} <= set(found.roles)
    assert ("note" in found.effects, "is_major" in found.conditions) == (True, True)
    assert "workflow.countersign.days" in found.parameters


def test_every_act_is_done_somewhere_once_and_has_its_sentence() -> None:
    done = [*ON_TASK, *ON_ANY_TASK, *ON_CASE]
    assert sorted(done) == sorted(set(Act) - {Act.START})
    said = {name for name, _sentence in presenters.known()}
    assert {f"case.{act.value}" for act in Act} <= said


def test_acts_of_supervision_take_their_permission() -> None:
    assert permission(Act.PAUSE) == permission(Act.ASSIGN) == Permission.CASE_SUPERVISE
    assert permission(Act.PASS) == Permission.CASE_ACT
    assert permission(Act.READ) == Permission.CASE_VIEW


def test_work_by_the_clock_and_the_topic_are_there() -> None:
    assert {"workflow.sweep", "workflow.tidy", "workflow.migrate"} <= set(jobs.names())
    assert permission_of("case") == Permission.CASE_VIEW
