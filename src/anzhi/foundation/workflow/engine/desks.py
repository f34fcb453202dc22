"""What is put on desks beside tasks, and who takes part."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import Agency, Post
from anzhi.foundation.workflow.engine import writing
from anzhi.foundation.workflow.engine.seats import Seat
from anzhi.foundation.workflow.engine.work import Person, Work
from anzhi.foundation.workflow.models import Copy, Hand, Party, Task, Visit
from anzhi.foundation.workflow.rules import people
from anzhi.foundation.workflow.states import CopyKind, Entry

SUPERVISING = "leader"  # the role alarms and marks go to when nobody else is named


def invite(work: Work, regions: Iterable[str]) -> None:
    """Let the offices of these regions read the case; those above it see it anyway."""
    here = work.case.region_code
    rows = [Party(case=work.case, region_code=code) for code in sorted(set(regions))
            if not here.startswith(prefix_of(code))]  # fmt: skip
    if rows:
        writing.add(rows, once=True)


def hand(work: Work, visit: Visit) -> None:
    """Whoever acts, and on whose behalf, had a hand in this step."""
    who = {work.by.id, work.behalf.id if work.behalf else work.by.id}
    duty = work.plan[visit.step].duty
    rows = [
        Hand(case=work.case, region_code=work.case.region_code, user_id=one, step=visit.step, duty=duty)
        for one in sorted(one for one in who if one is not None)
    ]
    writing.add(rows, once=True)
    if work.hands is not None:
        work.hands += [people.Hand(row.user_id, row.step, row.duty) for row in rows]


def put(
    work: Work,
    kind: CopyKind,
    posts: Iterable[Post],
    *,
    task: Task | None = None,
    note: str = "",
    until: datetime | None = None,
    **detail: Any,
) -> list[Person]:
    """A copy on the desk of each of these people; returns them."""
    found = {post.user_id: post for post in posts}
    invite(work, {post.agency.region_code for post in found.values()})
    Copy.objects.bulk_create(
        Copy(
            case=work.case,
            region_code=work.case.region_code,
            task=task,
            kind=kind,
            desk_region=post.agency.region_code,
            user_id=who,
            note=note,
            detail=detail,
            sent_at=work.now,
            sent_by=work.by.name,
            read_until=until,
        )
        for who, post in found.items()
    )
    return [Person(who, post.user.name) for who, post in found.items()]


def posts_of(task: Task) -> list[Post]:
    """Who could act on a task now: its person, or the holders of its role."""
    if task.assignee_id:
        return list(accounts.at_work([task.assignee_id]).values())
    if task.queued or task.agency is None:
        return []
    found = accounts.holders(task.agency, task.role)
    return [post for post in found if task.department_id in (None, post.department_id)]


def supervisors(agency: Agency | None) -> list[Post]:
    """The leaders of an office, of the one above where it has none."""
    while agency is not None:
        if found := accounts.holders(agency, SUPERVISING):
            return found
        agency = agency.parent
    return []


def alarm(work: Work, visit: Visit, task: Task, seat: Seat) -> None:
    """Nobody was found: the task waits in the queue, and the leaders there are told."""
    told = put(work, CopyKind.ALARM, supervisors(seat.agency), task=task, reason=seat.queued, step=visit.step)
    work.log(Entry.ALARM, visit=visit, task=task, reason=seat.queued, told=[one.name for one in told], **seat.why)
