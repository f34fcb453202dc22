"""The one door to cases: begin one, act on one, act on many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.audit.door import action
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow.engine import door, flow, persons
from anzhi.foundation.workflow.engine.acts import ALWAYS, ON_ANY_TASK, ON_CASE, ON_TASK, permission
from anzhi.foundation.workflow.engine.acts.deciding import decide
from anzhi.foundation.workflow.engine.effects import published
from anzhi.foundation.workflow.engine.plans import plan_of
from anzhi.foundation.workflow.engine.refusals import not_live
from anzhi.foundation.workflow.engine.said import NOTHING, Said
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Case, Task
from anzhi.foundation.workflow.rules.plan import Duty, Place
from anzhi.foundation.workflow.states import LIVE, Act, TaskState

FREE = {Act.OPEN, Act.URGE}  # what others did meanwhile does not matter
ONCE = "case_one_live_per_subject"


@dataclass(frozen=True)
class Done:
    """What came of an act. `again`: the same press of a button came before, nothing was done twice."""

    case: int
    version: int
    state: str
    again: bool = False


@dataclass(frozen=True)
class Subject:
    """What a case is about, by label and id; the engine follows no key into business tables."""

    type: str
    id: str


def start(
    *,
    by: Actor,
    key: str,
    definition: str,
    title: str,
    facts: Mapping[str, Any],
    subject: Subject | None = None,
    region_code: str = "",
    submit: bool = True,
) -> Done:
    """Begin a case under the published edition of `definition`; unless told otherwise it is handed in at once.

    `region_code` is where the matter lies, by default the office's. `key` names this press of the button.
    """
    demand(by, Permission.CASE_START)
    said = Said(facts=dict(facts))
    digest = said.digest("start", definition, title, subject.id if subject else "", region_code, submit)
    with door.wide(by):
        if (before := door.answered(by, key, digest)) is not None:
            return Done(**before, again=True)
        case = _new_case(by, definition, title.strip(), said, subject, region_code)
        with action("case.start", by=by, on=case, definition=definition, title=case.title):
            work = Work(case, plan_of(case.definition), by, case.started_at)
            work.log(Act.START, title=case.title, facts=case.facts)
            flow.begin(work)
            if submit:
                _hand_in(work, said)
            done = _finish(work, Act.START)
            door.receipt(by, key, digest, _told(done))
        return done


def act(
    *,
    by: Actor,
    act: Act,
    key: str,
    task: int | None = None,
    case: int | None = None,
    expect: int | None = None,
    said: Said = NOTHING,
) -> Done:
    """Do one act: on a task, or on a case for copies, receipts, pauses.

    `key` names this press of the button: sent twice it is done once, sent with other words it is refused. `expect` is
    the version of the case that the page showed. Raises Denied (TooLate when somebody was first), ValidationError.
    """
    demand(by, permission(act))
    digest = said.digest(act, task, case, expect)
    with door.wide(by):
        row = door.locked_by(task, case)
        if (before := door.answered(by, key, digest)) is not None:
            return Done(**before, again=True)
        work = door.work_on(row, by)
        with action(f"case.{act.value}", by=by, on=row, **_recorded(said)) as facts:
            if task is None:
                _on_case(work, act, said, expect)
            else:
                facts["step"] = _on_task(work, act, task, said, expect)
            done = _finish(work, act)
            door.receipt(by, key, digest, _told(done))
        return done


def act_on_many(*, by: Actor, tasks: Sequence[tuple[int, int]], opinion: str, key: str) -> dict[int, str]:
    """Pass many tasks with one opinion, where their steps allow it; each for itself. Task → what stood in its way.

    `tasks` are pairs of task and the version of its case that the page showed.
    """
    demand(by, Permission.CASE_ACT)
    if not opinion.strip():
        raise ValidationError({"opinion": _("Say why: it stays on record.")})
    problems = {}
    for number, version in tasks:
        try:
            with transaction.atomic():
                if not Task.objects.filter(pk=number, bulk=True).exists():
                    raise Denied(_("This step is handled one by one."))
                said = Said(opinion=opinion)
                act(by=by, act=Act.PASS, key=f"{key[:60]}/{number}", task=number, expect=version, said=said)
        except (Denied, ValidationError) as error:
            problems[number] = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return problems


def _new_case(by: Actor, key: str, title: str, said: Said, subject: Subject | None, region_code: str) -> Case:
    definition = published(key)
    if definition is None:
        raise ValidationError(_("There is no published procedure “%(key)s”.") % {"key": key})
    if by.id is None or by.agency_id is None:
        raise Denied(_("A case is begun by somebody who works at an office."))
    tiers = plan_of(definition).tiers
    agency = accounts.with_parents(by.agency_id)
    if tiers and agency.tier not in tiers:
        raise Denied(_("Your office does not begin this procedure."))
    region = region_code or by.region_code
    if not region.startswith(by.prefix):
        raise Denied(_("This lies outside your area."))
    if not title or len(title) > 200:
        raise ValidationError({"title": _("Give it a title of at most 200 characters.")})
    case = Case(
        definition=definition,
        key=key,
        region_code=region,
        title=title,
        subject_type=subject.type if subject else "",
        subject_id=subject.id if subject else "",
        facts=said.facts,
        agency=agency,
        starter_id=by.id,
        started_at=clock.now(),
    )
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        raise ValidationError(_("A case of this kind is already under way for it.")) from None
    return case


def _hand_in(work: Work, said: Said) -> None:
    """The first step passes by itself when it is the starter's own; one returned to later does not."""
    node = work.plan[work.plan.start]
    if node.assignee.place is not Place.STARTER or node.duty is not Duty.SUBMIT:
        return
    row = Task.objects.filter(case=work.case, step=node.code, state=TaskState.OPEN, queued=False).first()
    if row is not None:
        decide(work, door.task_of(work.case, row.pk), Said(facts=said.facts))


def _on_task(work: Work, act: Act, number: int, said: Said, expect: int | None) -> str:
    row = door.task_of(work.case, number)
    if act in ON_TASK:
        door.expect_open(work.case, row)
        persons.desk(work, row)
        if act not in FREE:
            door.expect_version(work.case, expect)
            persons.apart(work, row)
        ON_TASK[act](work, row, said)
    elif act in ON_ANY_TASK:
        if work.case.state not in LIVE:
            door.expect_open(work.case, row)
            raise not_live(work.case)
        if act is not Act.WITHDRAW and act not in FREE:
            door.expect_open_or_waiting(work.case, row)
        ON_ANY_TASK[act](work, row, said)
    else:
        raise Denied(_("This cannot be done on a task."))
    return row.step_name


def _on_case(work: Work, act: Act, said: Said, expect: int | None) -> None:
    if act not in ON_CASE:
        raise Denied(_("This cannot be done on a case as a whole."))
    if act not in ALWAYS:
        if work.case.state not in LIVE:
            raise not_live(work.case)
        door.expect_version(work.case, expect)
    ON_CASE[act](work, said)


def _finish(work: Work, act: Act) -> Done:
    work.finish()
    door.tell(work.case, act)
    return Done(work.case.pk, work.case.version, work.case.state)


def _told(done: Done) -> dict[str, Any]:
    return {"case": done.case, "version": done.version, "state": done.state}


def _recorded(said: Said) -> dict[str, Any]:
    """What the trail keeps of it; facts of the form stand in the case's own log."""
    told = {"opinion": said.opinion, "outcome": said.outcome, "to": said.to}
    return {name: text for name, text in told.items() if text}
