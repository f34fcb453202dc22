"""Under people's own scopes: who acts on a case of another area, who sees it, and who does not."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import current, region_scope, system_scope
from anzhi.foundation.workflow import offers, proof, queries
from anzhi.foundation.workflow.models import Case, Party, Task
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import chain, person, plan, submit
from foundation.workflow.offices import PROVINCE, Offices, begin, do, in_force, somebody, task


@contextmanager
def at_work(who: Actor) -> Iterator[None]:
    """As in a request of this person."""
    with region_scope(who.prefix, str(who.id)):
        yield


@pytest.fixture
def downward(offices: Offices) -> tuple[Actor, Case]:
    """A case of the province that goes to one county."""
    in_force(plan(submit("check"), person("check", "fund_monitor@agency:532328000000", "look"),
                  person("look", "leader@province")))  # fmt: skip
    starter = somebody("officer", region=PROVINCE)
    with at_work(starter):
        return starter, begin(starter)


def test_a_county_acts_on_a_case_of_the_province(offices: Offices, downward: tuple[Actor, Case]) -> None:
    _starter, case = downward
    with at_work(offices.checker):
        (mine,) = queries.inbox(offices.checker)
        assert mine.case == case
        assert queries.case(case.pk) == case
        assert offers.desk(offices.checker, queries.open_task(mine.pk))[Act.PASS].ok
        do(offices.checker, Act.PASS, mine, opinion="同意")
        assert current().prefix == "532328", "the scope is the person's own again"
        assert [entry.act for entry in queries.trail(case)][-2:] == ["pass", "sent"]
        assert proof.broken_at(queries.case(case.pk)) is None
    with system_scope():
        assert task(case).step == "look"


def test_a_county_that_takes_no_part_sees_nothing(offices: Offices, downward: tuple[Actor, Case]) -> None:
    _starter, case = downward
    stranger = somebody("fund_monitor", "leader", region="530622")
    with at_work(stranger):
        assert (queries.case(case.pk), list(queries.inbox(stranger)), list(queries.trail(case))) == (None, [], [])
        with system_scope():
            row = Task.objects.get(case=case, state="open")
        with pytest.raises(Denied, match="somebody else"):
            do(stranger, Act.PASS, row)
        with pytest.raises(Denied, match="takes part"):
            do(stranger, Act.CC, case, people=(stranger.id,))


def test_offices_above_need_no_invitation(offices: Offices) -> None:
    in_force(chain())
    with at_work(offices.starter):
        case = begin(offices.starter)
    with at_work(offices.checker):
        do(offices.checker, Act.PASS, task(case))
    with system_scope():
        assert not Party.objects.exists()
    with at_work(offices.reviewer):
        assert [row.step for row in queries.inbox(offices.reviewer)] == ["review"]
        do(offices.reviewer, Act.RETURN, task(case), to="check", opinion="再核")
    with at_work(offices.starter):
        assert queries.case(case.pk).version == 3, "who began it follows it"


def test_a_copy_opens_a_case_to_its_reader_alone(offices: Offices) -> None:
    in_force(chain())
    reader = somebody("leader", region="530622")
    with at_work(offices.starter):
        case = begin(offices.starter)
        do(offices.starter, Act.CC, case, people=(reader.id,))
    with at_work(reader):
        (copy,) = queries.copies(reader)
        assert queries.case(case.pk) == case
        do(reader, Act.READ, case, copy=copy.pk)
        with pytest.raises(Denied, match="somebody else"):
            do(reader, Act.PASS, task(case))
    with at_work(somebody("leader", region="530102")):
        assert queries.case(case.pk) is None
