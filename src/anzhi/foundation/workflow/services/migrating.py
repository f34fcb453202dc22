"""Moving running cases to another edition: one transaction a case, taken up again where it ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit.door import action
from anzhi.foundation.jobs.services import enqueue
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow import placing
from anzhi.foundation.workflow.engine import door
from anzhi.foundation.workflow.engine.plans import plan_of
from anzhi.foundation.workflow.engine.refusals import not_live
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Case, Definition, Task, Visit
from anzhi.foundation.workflow.states import LIVE, Edition, Entry, VisitState


@dataclass(frozen=True)
class Moved:
    """How many cases were moved, and why which were not."""

    moved: int
    refused: dict[int, str]


def ask(*, by: Actor, to: Definition, mapping: Mapping[str, str]) -> None:
    """Have every running case of the procedure moved in the background."""
    demand(by, Permission.CASE_INTERVENE)
    _in_force(by, to)
    with action("definition.migrate", by=by, on=to, mapping=dict(mapping)):
        enqueue("workflow.migrate", dedupe=f"migrate:{to.pk}", definition=to.pk, mapping=dict(mapping), by=by.id)


def migrate(*, by: Actor, case: int, to: Definition, mapping: Mapping[str, str]) -> Case:
    """Move one case; where it stands keeps its tasks, people and clocks. Refused with the reason."""
    demand(by, Permission.CASE_INTERVENE)
    _in_force(by, to)
    with door.wide(by):
        row = door.locked_by(None, case)
        if row.state not in LIVE:
            raise not_live(row)
        if row.key != to.key or row.definition_id == to.pk:
            raise Denied(_("The case does not follow another edition of this procedure."))
        old, new = plan_of(row.definition), plan_of(to)
        open_rounds = list(Visit.objects.filter(case=row, state=VisitState.OPEN))
        problems = [placing.problem(old, new, visit.step, mapping) for visit in open_rounds]
        if any(problems):
            raise Denied(next(problem for problem in problems if problem))
        with action("case.migrate", by=by, on=row, version=to.version):
            work = Work(row, new, by, clock.now())
            _move(work, open_rounds, mapping)
            work.log(Entry.MIGRATED, from_version=row.definition.version, to_version=to.version, mapping=dict(mapping))
            row.definition = to
            work.touched.add("definition")
            work.moved = True
            work.finish()
    return row


def migrate_all(*, by: Actor, to: Definition, mapping: Mapping[str, str], limit: int | None = None) -> Moved:
    """Move all that can be moved, each for itself. Called again it goes on with those left; none is moved twice."""
    demand(by, Permission.CASE_INTERVENE)
    _in_force(by, to)
    moved = 0
    refused: dict[int, str] = {}
    with system_scope(str(by.id)):
        for number in placing.waiting(to)[:limit]:
            try:
                migrate(by=by, case=number, to=to, mapping=mapping)
                moved += 1
            except Denied as error:
                refused[number] = str(error)
    return Moved(moved, refused)


def _in_force(by: Actor, to: Definition) -> None:
    if to.state != Edition.PUBLISHED:
        raise ValidationError(_("Cases are moved only to the edition in force."))
    if len(by.prefix) > 2:
        raise Denied(_("Only the province moves cases to another edition."))


def _move(work: Work, rounds: list[Visit], mapping: Mapping[str, str]) -> None:
    """Rename the open rounds and their tasks to the steps they stand at now."""
    for visit in rounds:
        code = mapping.get(visit.step, visit.step)
        name = work.plan[code].name
        if code != visit.step:
            last = Visit.objects.filter(case=work.case, step=code).order_by("-round").first()
            visit.step, visit.round = code, (last.round if last else 0) + 1
        visit.jumps = [mapping.get(step, step) for step in visit.jumps]
        visit.save(update_fields=["step", "round", "jumps"])
        Task.objects.filter(visit=visit, state__in=("open", "waiting")).update(step=code, step_name=name)
