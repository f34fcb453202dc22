"""The life of a definition, who would get its tasks, documents, and what lies on desks."""

import hashlib
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import Scope
from anzhi.foundation.accounts.models import Agency
from anzhi.foundation.audit.models import Event
from anzhi.foundation.files.models import FileLink
from anzhi.foundation.files.refusals import FileRefused
from anzhi.foundation.workflow import publishing, queries
from anzhi.foundation.workflow.bpmn.compiler import compiled
from anzhi.foundation.workflow.bpmn.drawing import drawn
from anzhi.foundation.workflow.bpmn.flaws import Unrunnable
from anzhi.foundation.workflow.engine.plans import read
from anzhi.foundation.workflow.models import Definition, Step
from anzhi.foundation.workflow.rules.plan import Countersign
from anzhi.foundation.workflow.services import definitions, papers
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import board, chain, decide, line, person, plan, submit
from foundation.workflow.drawings import task as user_task
from foundation.workflow.offices import PREFECTURE, PROVINCE, Offices, begin, do, in_force, somebody, task, walk

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def drafter(system: None, spoken: None) -> object:
    return somebody("sysadmin", region=PROVINCE, name="木志远")


# --- drafted, reviewed, published


def test_a_drawing_is_kept_byte_by_byte_with_its_hash(drafter: object) -> None:
    xml = drawn(chain()).replace(b"\n", b"\r\n")
    row = definitions.draft(by=drafter, xml=xml, note="初稿")
    row.refresh_from_db()
    assert row.xml.encode() == xml
    assert row.sha256 == hashlib.sha256(xml).hexdigest()
    assert (row.key, row.version, row.state, row.drafted_by) == ("outline", 1, "draft", drafter.label)
    assert read(row) == chain()


def test_two_people_publish(drafter: object) -> None:
    row = definitions.draft(by=drafter, xml=drawn(chain()))
    with pytest.raises(Denied, match="Draft"):
        definitions.publish(by=SYSTEM, definition=row)
    definitions.send_to_review(by=drafter, definition=row)
    with pytest.raises(Denied, match="Another person"):
        definitions.publish(by=drafter, definition=row, accept_holes=True)
    with pytest.raises(Denied, match="Only a draft"):
        definitions.draft(by=drafter, xml=drawn(chain()), definition=Definition.objects.get(pk=row.pk))
    head = somebody("leader", region=PROVINCE)
    row = definitions.publish(by=head, definition=row, accept_holes=True)
    assert (row.state, row.publisher_id) == ("published", head.id)
    names = Event.objects.filter(name__startswith="definition.").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["definition.draft", "definition.review", "definition.publish"]


def test_sent_back_it_is_a_draft_again(drafter: object) -> None:
    row = definitions.draft(by=drafter, xml=drawn(chain()))
    definitions.send_to_review(by=drafter, definition=row)
    with pytest.raises(ValidationError, match="Say why"):
        definitions.send_back(by=SYSTEM, definition=row, reason="")
    row = definitions.send_back(by=SYSTEM, definition=row, reason="期限有误")
    again = definitions.draft(by=drafter, xml=drawn(replace(chain(), name="改")), definition=row)
    assert (again.version, again.name) == (1, "改")


def test_a_new_edition_retires_the_one_before_and_a_key_stays_its_own(drafter: object) -> None:
    first, second = in_force(chain()), in_force(board())
    first.refresh_from_db()
    assert (first.state, second.version, second.state) == ("retired", 2, "published")
    draft = definitions.draft(by=drafter, xml=drawn(replace(chain(), key="other")))
    with pytest.raises(ValidationError, match="another procedure"):
        definitions.draft(by=drafter, xml=drawn(chain()), definition=draft)


def test_out_of_use_takes_no_new_cases(offices: Offices) -> None:
    row = in_force(chain())
    case = begin(offices.starter)
    definitions.retire(by=SYSTEM, definition=row, reason="合并")
    with pytest.raises(ValidationError, match="no published"):
        begin(offices.starter)
    assert walk(case, offices.checker, offices.reviewer, offices.decider).state == "approved"


def test_who_drafts_and_who_publishes(offices: Offices, drafter: object) -> None:
    with pytest.raises(Denied, match="role"):
        definitions.draft(by=offices.starter, xml=drawn(chain()))
    row = definitions.draft(by=drafter, xml=drawn(chain()))
    definitions.send_to_review(by=drafter, definition=row)
    with pytest.raises(Denied, match="role"):
        definitions.publish(by=offices.starter, definition=row)


def test_what_is_not_registered_or_not_there_is_refused(drafter: object) -> None:
    with pytest.raises(Unrunnable, match=r"pay\.money"):
        definitions.draft(
            by=drafter, xml=line(user_task("a", 'anzhi:assignee="officer@self" anzhi:effect="pay.money"'))
        )
    assert not Definition.objects.exists()
    nowhere = plan(submit("a"), person("a", "officer@agency:999999000000"))
    row = definitions.draft(by=drafter, xml=drawn(nowhere))
    definitions.send_to_review(by=drafter, definition=row)
    with pytest.raises(Unrunnable, match="999999000000"):
        definitions.publish(by=SYSTEM, definition=row, accept_holes=True)
    unknown = plan(submit("a"), person("a", "officer@agency:530000000000/无此处"))
    row = definitions.draft(by=drafter, xml=drawn(unknown))
    definitions.send_to_review(by=drafter, definition=row)
    with pytest.raises(Unrunnable, match="无此处"):
        definitions.publish(by=SYSTEM, definition=row, accept_holes=True)


def test_one_that_comes_with_the_software_is_put_in_once(system: None) -> None:
    first = definitions.ship(by=SYSTEM, plan=chain(), xml=drawn(chain()))
    assert (first.state, first.version) == ("published", 1)
    assert definitions.ship(by=SYSTEM, plan=board(), xml=drawn(board())) is None
    assert Step.objects.filter(definition=first).count() == 6


def test_other_tools_extensions_come_out_as_they_went_in(drafter: object) -> None:
    inside = "<extensionElements><camunda:taskListener class='com.x.Y'/></extensionElements>"
    xml = line(user_task("a", 'anzhi:assignee="officer@self" camunda:formKey="f"', inside))
    row = definitions.draft(by=drafter, xml=xml)
    exported = Definition.objects.get(pk=row.pk).xml.encode()
    assert exported == xml
    assert compiled(exported) == read(row)


# --- who would get it


def test_holes_are_listed_for_every_office_and_must_be_accepted(offices: Offices, drafter: object) -> None:
    row = definitions.draft(by=drafter, xml=drawn(replace(chain(), tiers=("county",))))
    definitions.send_to_review(by=drafter, definition=row)
    with pytest.raises(ValidationError, match="nobody would be found"):
        definitions.publish(by=SYSTEM, definition=row)
    row = definitions.publish(by=SYSTEM, definition=row, accept_holes=True)
    counties = Agency.objects.filter(tier="county", closed_on=None).count()
    assert len({hole["agency"] for hole in row.holes}) == counties - 1
    assert not any(hole["region_code"] == "532328000000" for hole in row.holes)
    assert {hole["step"] for hole in row.holes} == {"check", "review"}, "the province's leader is there for all"


def test_every_office_is_resolved_in_a_few_queries(offices: Offices) -> None:
    offices_now = Agency.objects.filter(closed_on=None).count()
    begun = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        rows = publishing.resolved(chain())
    assert (len(rows), len(asked)) == (offices_now * 3, 2)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(("need", "hole"), [("any", False), ("2", False), ("3", True)])
def test_a_countersigning_needs_as_many_as_it_says(offices: Offices, need: str, hole: bool) -> None:
    for _ in range(2):
        somebody("officer", region=PROVINCE)
    sign = person("sign", "officer@province", "decide", countersign=Countersign(need))
    found = publishing.holes(plan(submit("sign"), sign, decide()))
    assert bool(found) is hole


def test_above_the_province_there_is_nobody(offices: Offices) -> None:
    (at_home,) = [
        r
        for r in publishing.resolved(plan(submit("a"), person("a", "leader@parent")))
        if r.region_code == "530000000000"
    ]
    assert (at_home.is_hole, at_home.at) == (True, "")


def test_mean_days_come_from_rounds_that_were_passed(offices: Offices) -> None:
    in_force(chain())
    with time_machine.travel(timezone.now(), tick=False) as now:
        for days in (2, 4):
            case = begin(offices.starter)
            now.shift(timedelta(days=days))
            walk(case, offices.checker)
            do(offices.reviewer, Act.RETURN, task(case), to="check", opinion="再核")
    found = publishing.mean_days("outline")
    assert (found["submit"], found["check"]) == (0, 3)
    assert "review" not in found, "a round that was sent back is no measure"
    assert publishing.mean_days("other") == {}


# --- documents


def test_documents_are_added_by_who_takes_part(offices: Offices) -> None:
    first = person("check", "fund_monitor@self", attachments=("请示",))
    in_force(plan(submit("check"), first))
    case = begin(offices.starter)
    with pytest.raises(ValidationError, match="请示"):
        do(offices.checker, Act.PASS, task(case))
    told = {"case": case, "name": "请示", "filename": "请示.pdf", "chunks": [PDF]}
    with pytest.raises(Denied, match="adds documents"):
        papers.attach(by=somebody("officer"), **told)
    with pytest.raises(ValidationError, match="which document"):
        papers.attach(by=offices.starter, **(told | {"name": " "}))
    with pytest.raises(FileRefused):
        papers.attach(by=offices.starter, **(told | {"chunks": [b""]}))
    papers.attach(by=offices.starter, **told)
    link = FileLink.objects.get(owner_type="workflow.case", owner_id=str(case.pk))
    assert (link.permission, link.region_code) == ("case_view", "532328000000")
    do(offices.checker, Act.PASS, task(case))
    with pytest.raises(Denied, match="Approved"):
        papers.attach(by=offices.starter, **told)


# --- desks


def test_an_inbox_holds_one_s_own_and_one_s_role_s(offices: Offices) -> None:
    in_force(chain())
    first, second = begin(offices.starter), begin(offices.starter)
    colleague = somebody("fund_monitor")
    do(offices.checker, Act.TRANSFER, task(second), people=(colleague.id,))
    assert [row.case_id for row in queries.inbox(offices.checker)] == [first.pk]
    assert {row.case_id for row in queries.inbox(colleague)} == {first.pk, second.pk}
    assert list(queries.inbox(somebody("fund_monitor", region=PREFECTURE))) == []
    assert list(queries.inbox(SYSTEM)) == []


def test_done_started_copies_supervised_and_counts(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    do(offices.starter, Act.CC, case, people=(offices.leader.id,))
    walk(case, offices.checker)
    assert [row.step for row in queries.handled(offices.checker)] == ["check"]
    assert list(queries.started(offices.starter)) == [case]
    assert [row.case_id for row in queries.copies(offices.leader)] == [case.pk]
    assert list(queries.supervised(Scope("5323"))) == [case]
    assert list(queries.supervised(Scope("530622"))) == []
    found = queries.counts(offices.reviewer, Scope("5323"))
    assert (found.todo, found.late, found.unread, found.queue) == (1, 0, 0, 0)
    assert queries.counts(offices.leader, Scope("532328")).unread == 1


def test_the_queue_of_an_area(offices: Offices) -> None:
    in_force(plan(submit("money"), person("money", "finance@self")))
    case = begin(offices.starter)
    assert [row.case_id for row in queries.queue(Scope("532328"))] == [case.pk]
    assert list(queries.queue(Scope("530622"))) == []
    assert queries.counts(offices.leader, Scope("532328")).queue == 1
