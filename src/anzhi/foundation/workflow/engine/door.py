"""What every act passes through: locks in one order, receipts under the page's key, the state the page saw."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.live import services as live
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow.engine import writing
from anzhi.foundation.workflow.engine.plans import plan_of
from anzhi.foundation.workflow.engine.refusals import changed, handled, not_live
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Case, LogEntry, Receipt, Task
from anzhi.foundation.workflow.states import CaseState, TaskState

TOPIC = "case"
CASE_OF = "SELECT t.case_id, c.parent_id FROM workflow_task t JOIN workflow_case c ON c.id = t.case_id WHERE t.id = %s"
ANSWERED = "SELECT digest, answer FROM workflow_receipt WHERE actor_id = %s AND key = %s"


@contextmanager
def wide(by: Actor) -> Iterator[None]:
    """One transaction that may write on desks of other areas; who acts stays known to the database."""
    with system_scope(str(by.id or by.name)), transaction.atomic():
        yield


def locked(case_id: int, parent_id: int | None = None) -> Case:
    """The case, locked; the cases it belongs to before it, so that nobody waits in a circle."""
    row = parent_id
    above = []
    while row:
        above.append(row)
        row = Case.objects.filter(pk=row).values_list("parent_id", flat=True).first()
    for parent in sorted(above):
        Case.objects.select_for_update().filter(pk=parent).first()
    rows = Case.objects.select_for_update(of=("self",)).select_related("definition", "agency").defer("definition__xml")
    found = rows.filter(pk=case_id).first()
    if found is None:
        raise Denied(_("There is no such case."))
    return found


def locked_by(task_id: int | None, case_id: int | None) -> Case:
    """The case of a task, or the case itself, locked."""
    if task_id is not None:
        found = writing.ask(CASE_OF, [task_id])
        if not found:
            raise Denied(_("There is no such task."))
        return locked(*found[0])
    known = Case.objects.filter(pk=case_id or 0).order_by().values_list("pk", "parent_id").first()
    return locked(*known) if known else locked(0)


def work_on(case: Case, by: Actor) -> Work:
    """The work of one act."""
    return Work(case, plan_of(case.definition), by, clock.now())


def task_of(case: Case, task_id: int) -> Task:
    """The task as it is under the lock."""
    rows = Task.objects.select_related("visit", "agency", "assignee")
    task = rows.get(pk=task_id, case=case)
    task.case = task.visit.case = case
    return task


def expect_open(case: Case, task: Task) -> None:
    """The task still waits for somebody, in a case that runs; else who was first."""
    if task.state in (TaskState.DONE, TaskState.CANCELLED):
        raise _too_late(task)
    if case.state != CaseState.RUNNING:
        raise not_live(case)
    if task.state == TaskState.WAITING:
        raise Denied(_("It is not your turn yet: others are asked first."))


def expect_open_or_waiting(case: Case, task: Task) -> None:
    """The same for acts that others do on it: a task that waits for its turn will do."""
    if task.state in (TaskState.DONE, TaskState.CANCELLED):
        raise _too_late(task)
    if case.state != CaseState.RUNNING:
        raise not_live(case)


def expect_version(case: Case, version: int | None) -> None:
    """The page saw the case as it is."""
    if version is not None and case.version != version:
        last = LogEntry.objects.filter(case=case).order_by("-number").values_list("actor_label", flat=True).first()
        raise changed(case, last or "")


def answered(by: Actor, key: str, digest: bytes) -> dict[str, Any] | None:
    """What was answered under this key; refused when it came with other words."""
    if not key or len(key) > 80:
        raise ValueError("an act needs a key of at most 80 characters")
    found = writing.ask(ANSWERED, [by.id or 0, key])
    if not found:
        return None
    kept, answer = found[0]
    if bytes(kept) != digest:
        raise Denied(_("This form was already sent with other contents. Reload the page."))
    return answer if isinstance(answer, dict) else json.loads(answer or "{}")


def receipt(by: Actor, key: str, digest: bytes, answer: dict[str, Any]) -> None:
    """Keep what was answered."""
    try:  # without a savepoint: the refusal undoes the whole act
        writing.add([Receipt(actor_id=by.id or 0, key=key, digest=digest, answer=answer)])
    except IntegrityError:
        raise Denied(_("This form was already sent with other contents. Reload the page.")) from None


def tell(case: Case, act: str) -> None:
    """Open pages hear that a case moved."""
    live.publish(
        topic=TOPIC, region_code=case.region_code, payload={"case": case.pk, "act": act, "version": case.version}
    )


def _too_late(task: Task) -> Denied:
    if task.state == TaskState.DONE:
        return handled(task, task.done_by, task.done_at, task.outcome)
    last = (
        Task.objects.filter(visit=task.visit, state=TaskState.DONE).order_by("-done_at", "-pk").first()
        or Task.objects.filter(case=task.case, state=TaskState.DONE).order_by("-done_at", "-pk").first()
    )
    if last is None:
        return handled(task, "", None, "")
    return handled(task, last.done_by, last.done_at, last.outcome)
