"""Opening, urging, copies and their receipts."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.workflow.engine import desks, persons, writing
from anzhi.foundation.workflow.engine.refusals import missing
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Copy, Task
from anzhi.foundation.workflow.states import Act, CopyKind, TaskState


def open_task(work: Work, task: Task, said: Said) -> None:
    """Mark a task as seen: from now on it cannot be taken back. Only the first time counts."""
    if task.opened_at is not None:
        return
    task.opened_at, task.opened_by = work.now, work.by.name
    writing.change(task, "opened_at", "opened_by")
    work.log(Act.OPEN, visit=task.visit, task=task)


def urge(work: Work, task: Task, said: Said) -> None:
    """Remind whoever has the task; not again before some hours have passed."""
    if work.case.starter_id != work.by.id and not persons.supervises(work.by, work.case):
        raise Denied(_("Who began the case, or supervises it, may urge."))
    if task.state != TaskState.OPEN:
        raise Denied(_("There is nothing to urge: the task is not open."))
    hours = parameters.value("workflow.urge.hours", on=work.now.date(), region_code=work.case.region_code)
    next_at = task.urged_at + timedelta(hours=float(hours)) if task.urged_at else None
    if next_at and work.now < next_at:
        told = {"when": date_format(localtime(next_at), "m-d H:i")}
        raise Denied(_("Already urged; again from %(when)s.") % told)
    task.urged_at, task.urges = work.now, task.urges + 1
    writing.change(task, "urged_at", "urges")
    told_people = desks.put(work, CopyKind.URGE, desks.posts_of(task), task=task, note=said.opinion[:300])
    names = [person.name for person in told_people]
    work.log(Act.URGE, visit=task.visit, task=task, opinion=said.opinion, people=names)


def send_copies(work: Work, said: Said) -> None:
    """Put the case before people who need not act, perhaps to be read by a day."""
    if not _takes_part(work):
        raise Denied(_("Who takes part in the case may send copies of it."))
    found = accounts.at_work(said.people)
    if not said.people or len(found) < len(set(said.people)):
        raise missing("people", _("Choose people who work here now."))
    if said.until and said.until <= work.now:
        raise missing("until", _("The day to read it by lies in the past."))
    told = desks.put(work, CopyKind.CC, found.values(), note=said.opinion[:300], until=said.until)
    work.log(Act.CC, opinion=said.opinion, people=[person.name for person in told], until=said.until)


def read(work: Work, said: Said) -> None:
    """Confirm having read a copy; only the first time counts."""
    copy = Copy.objects.filter(case=work.case, pk=said.copy or 0, user_id=work.who).first()
    if copy is None:
        raise Denied(_("This copy was not sent to you."))
    if copy.read_at is None:
        copy.read_at = work.now
        writing.change(copy, "read_at")
        work.log(Act.READ, kind=copy.kind, copy=copy.pk)


def _takes_part(work: Work) -> bool:
    if work.case.starter_id == work.by.id or persons.supervises(work.by, work.case):
        return True
    handled = work.case.hands.filter(user_id=work.who).exists()
    open_tasks = Task.objects.filter(case=work.case, state=TaskState.OPEN).select_related("case")
    return handled or any(persons.is_mine(work.by, task, work.now) for task in open_tasks)
