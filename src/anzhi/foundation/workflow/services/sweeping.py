"""Marks of limits as they are reached: who has the case is told, at the end of a limit those above too."""

from datetime import timedelta

from django.db import transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import Post
from anzhi.foundation.audit.door import action
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.workflow.engine import clocks, desks, door
from anzhi.foundation.workflow.engine.seats import office_of
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Case, Clock, Receipt, Task
from anzhi.foundation.workflow.rules.plan import Assignee
from anzhi.foundation.workflow.states import CopyKind, Entry, TaskState

ASSIGNEE = "assignee"


def sweep(limit: int = 500) -> int:
    """Pass the marks that are due; returns how many. Any number of workers may do it at once."""
    due = Clock.objects.filter(stopped_at=None, next_at__lte=clock.now()).order_by("next_at")
    with transaction.atomic():  # outside of one no row of any region is seen
        cases = list(dict.fromkeys(due.values_list("case_id", flat=True)[:limit]))
    passed = 0
    for case_id in cases:
        with transaction.atomic():
            rows = Case.objects.select_for_update(skip_locked=True, of=("self",))
            case = rows.select_related("definition", "agency").filter(pk=case_id).first()
            passed += _passed(case) if case else 0
    return passed


def follow_calendar() -> int:
    """Reckon deadlines anew that rest on a year not announced before; returns how many cases."""
    waiting = Clock.objects.filter(provisional=True, stopped_at=None, due_at__isnull=False)
    with transaction.atomic():
        cases = list(dict.fromkeys(waiting.order_by("case_id").values_list("case_id", flat=True)))
    for case_id in cases:
        with transaction.atomic():
            clocks.reckon(door.work_on(door.locked_by(None, case_id), SYSTEM))
    return len(cases)


def forget_receipts() -> int:
    """Drop receipts older than they are kept; returns how many."""
    kept = timedelta(days=int(parameters.value("workflow.receipt.days", on=clock.today())))
    return Receipt.objects.filter(at__lt=clock.now() - kept).delete()[0]


def _passed(case: Case) -> int:
    work = door.work_on(case, SYSTEM)
    rows = Clock.objects.filter(case=case, stopped_at=None, next_at__lte=work.now)
    told = 0
    for row in rows.select_related("visit"):
        before = row.mark
        mark = clocks.pass_mark(row, work.now)
        if mark > before:
            _tell(work, row, mark)
            told += 1
    work.finish()
    return told


def _tell(work: Work, row: Clock, mark: int) -> None:
    """Tell whom the parameter of this mark names, once for each mark reached."""
    code = f"workflow.mark.{mark}"
    names = parameters.settings_on(work.now.date(), code).text(code, work.case.region_code).split(",")
    tasks = Task.objects.filter(case=work.case, state=TaskState.OPEN).select_related("agency__parent__parent")
    tasks = tasks.filter(visit=row.visit) if row.visit_id else tasks
    with action("case.mark", by=SYSTEM, on=work.case, mark=mark, kind=row.kind) as facts:
        posts = [post for task in tasks for name in names for post in _named(name.strip(), task)]
        people = desks.put(work, CopyKind.MARK, posts, mark=mark, clock=row.kind)
        facts["people"] = [person.name for person in people]
        work.log(Entry.MARK, visit=row.visit, mark=mark, clock=row.kind, people=facts["people"])
        door.tell(work.case, Entry.MARK)


def _named(name: str, task: Task) -> list[Post]:
    """The people a name stands for, seen from the office where the task lies."""
    if name == ASSIGNEE:
        return desks.posts_of(task)
    if task.agency is None:
        return []
    assignee = Assignee.read(name)
    agency = office_of(assignee, task.agency)
    return accounts.holders(agency, assignee.role) if agency else []
