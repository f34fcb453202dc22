"""Reads: desks, cases, trails."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.context import Scope
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import User
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow.models import Case, Copy, Definition, Delegation, HandOver, LogEntry, Task
from anzhi.foundation.workflow.states import LIVE, CopyKind, Edition, TaskState


@dataclass(frozen=True)
class Counts:
    """The figures above an inbox."""

    todo: int
    late: int
    unread: int
    queue: int


def inbox(by: Actor) -> QuerySet[Task]:
    """What waits for a person: their own, their role's, and of those they act for now; the most urgent first."""
    rows = Task.objects.filter(_mine(by, clock.now()), state=TaskState.OPEN)
    return rows.select_related("case").order_by("due_at", "pk")


def handled(by: Actor) -> QuerySet[Task]:
    """What a person has done, the newest first."""
    rows = Task.objects.filter(doer_id=by.id, state=TaskState.DONE)
    return rows.select_related("case").order_by("-done_at", "-pk")


def started(by: Actor) -> QuerySet[Case]:
    """What a person has begun, the newest first."""
    return Case.objects.filter(starter_id=by.id).order_by("-started_at", "-pk")


def copies(by: Actor) -> QuerySet[Copy]:
    """What was put before a person, the newest first."""
    return Copy.objects.filter(user_id=by.id or 0).select_related("case").order_by("-sent_at", "-pk")


def supervised(scope: Scope) -> QuerySet[Case]:
    """Live cases of an area, the longest under way first."""
    return Case.objects.within(scope).filter(state__in=LIVE).order_by("started_at", "pk")


def queue(scope: Scope) -> QuerySet[Task]:
    """Tasks of an area for which nobody was found."""
    low, high = scope.bounds
    rows = Task.objects.filter(desk_region__gte=low, desk_region__lt=high, state=TaskState.OPEN, queued=True)
    return rows.select_related("case").order_by("created_at")


def counts(by: Actor, scope: Scope) -> Counts:
    """What to show above the desk."""
    now = clock.now()
    mine = Task.objects.filter(_mine(by, now), state=TaskState.OPEN)
    unread = Copy.objects.filter(user_id=by.id or 0, read_at=None).count()
    return Counts(mine.count(), mine.filter(due_at__lt=now).count(), unread, queue(scope).count())


def case(number: int) -> Case | None:
    """One case, in its region or where one takes part: row-level security decides."""
    return Case.objects.select_related("definition", "agency", "starter", "parent").filter(pk=number).first()


def open_task(number: int) -> Task | None:
    """One task, with its case and round."""
    rows = Task.objects.select_related("case__definition", "case__agency", "visit__cause", "visit__fork", "parent")
    return rows.filter(pk=number).first()


def trail(case: Case) -> QuerySet[LogEntry]:
    """Everything that happened to a case, in order."""
    return LogEntry.objects.filter(case=case).order_by("number")


def receipts(case: Case) -> QuerySet[Copy]:
    """Who was sent a copy, and who has read it."""
    return Copy.objects.filter(case=case, kind=CopyKind.CC).select_related("user").order_by("read_at", "pk")


def of_subject(kind: str, number: str) -> QuerySet[Case]:
    """The cases about one thing, the newest first."""
    return Case.objects.filter(subject_type=kind, subject_id=number).order_by("-started_at", "-pk")


def definitions() -> QuerySet[Definition]:
    """Every edition of every procedure."""
    return Definition.objects.order_by("key", "-version")


def edition(key: str, version: int) -> Definition | None:
    """One edition."""
    return Definition.objects.filter(key=key, version=version).first()


def edition_by_number(number: int) -> Definition:
    """One edition, for jobs."""
    return Definition.objects.get(pk=number)


def in_force() -> QuerySet[Definition]:
    """The editions new cases follow."""
    return Definition.objects.filter(state=Edition.PUBLISHED).order_by("key")


def delegations(by: Actor) -> QuerySet[Delegation]:
    """Those a person gave or took, the latest first."""
    rows = Delegation.objects.filter(Q(giver_id=by.id) | Q(taker_id=by.id))
    return rows.select_related("giver", "taker").order_by("-ends_at")


def hand_overs(scope: Scope) -> QuerySet[HandOver]:
    """Hand-overs at offices of an area, the newest first."""
    low, high = scope.bounds
    rows = HandOver.objects.filter(agency__region_code__gte=low, agency__region_code__lt=high)
    return rows.select_related("giver", "taker").order_by("-made_at")


def desk_of(user: User) -> QuerySet[Task]:
    """What a hand-over would move: the tasks on somebody's own desk."""
    rows = Task.objects.filter(assignee=user, state__in=(TaskState.OPEN, TaskState.WAITING))
    return rows.select_related("case").order_by("due_at", "pk")


def _mine(by: Actor, now: datetime) -> Q:
    which = _sits(by)
    active = Delegation.objects.filter(taker_id=by.id, begins_at__lte=now, ends_at__gt=now)
    for row in active.select_related("giver"):
        theirs = _sits(accounts.actor_for(row.giver))
        which |= (theirs & Q(case__key=row.key)) if row.key else theirs
    return which


def _sits(by: Actor) -> Q:
    """One's own tasks, and those of one's roles at one's office."""
    if by.id is None:
        return Q(pk=None)
    own = Q(assignee_id=by.id)
    if by.agency_id is None or not by.roles:
        return own
    return own | (Q(assignee=None, queued=False, agency_id=by.agency_id, role__in=by.roles) & _division(by.id))


def _division(user_id: int) -> Q:
    posts = accounts.at_work([user_id])
    departments: Iterable[int] = [p.department_id for p in posts.values() if p.department_id]
    return Q(department=None) | Q(department__in=departments)
