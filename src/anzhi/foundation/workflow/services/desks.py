"""Acting for others, and giving a leaver's desk to a colleague."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import Agency, Post, User
from anzhi.foundation.audit.door import action
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow.engine import door, persons
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Delegation, HandOver, Task
from anzhi.foundation.workflow.states import Entry, TaskKind, TaskState

OVERLAP = "delegation_one_taker_at_a_time"


def delegate(
    *,
    by: Actor,
    giver: User,
    taker: User,
    begins_at: datetime,
    ends_at: datetime,
    reason: str,
    key: str = "",
    deciding: bool = False,
) -> Delegation:
    """Let a colleague of the same office act for somebody: for oneself, or as a supervisor for others.

    Not passed on. `key` narrows it to one procedure; decisions only with `deciding`.
    """
    demand(by, Permission.CASE_ACT if giver.pk == by.id else Permission.CASE_SUPERVISE)
    posts = _colleagues(by, giver, taker)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    if ends_at <= max(begins_at, clock.now()):
        raise ValidationError({"ends_at": _("A delegation ends after it begins, and not in the past.")})
    row = Delegation(
        giver=giver,
        taker=taker,
        agency=posts[0].agency,
        key=key,
        deciding=deciding,
        reason=reason.strip(),
        begins_at=begins_at,
        ends_at=ends_at,
        given_at=clock.now(),
        given_by=by.label,
    )
    told = {"giver": giver.name, "taker": taker.name, "begins": begins_at, "ends": ends_at, "reason": reason}
    with action("delegation.give", by=by, on=row, region_code=posts[0].agency.region_code, **told):
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            if OVERLAP not in str(error):
                raise
            raise ValidationError(_("Somebody else already acts for this person at that time.")) from None
    return row


def revoke(*, by: Actor, delegation: Delegation) -> Delegation:
    """End a delegation now; one not begun yet never begins."""
    own = delegation.giver_id == by.id
    demand(by, Permission.CASE_ACT if own else Permission.CASE_SUPERVISE, on=None if own else delegation.agency)
    now = clock.now()
    if delegation.ends_at <= now:
        raise Denied(_("This delegation has ended already."))
    told = {"giver": delegation.giver.name, "taker": delegation.taker.name}
    with action("delegation.revoke", by=by, on=delegation, region_code=delegation.agency.region_code, **told):
        if delegation.begins_at >= now:
            Delegation.objects.filter(pk=delegation.pk).delete()
        else:
            delegation.ends_at = now
            delegation.save(update_fields=["ends_at"])
    return delegation


def hand_over(*, by: Actor, giver: User, taker: User, reason: str) -> HandOver:
    """Give every task on somebody's own desk to a colleague; those they may not handle stay, and are listed."""
    demand(by, Permission.CASE_SUPERVISE)
    (office, post) = _desk(by, giver, taker)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    now = clock.now()
    row = HandOver(giver=giver, taker=taker, agency=office, reason=reason.strip(), made_at=now, made_by=by.label)
    told = {"giver": giver.name, "taker": taker.name, "reason": reason}
    with door.wide(by), action("desk.hand_over", by=by, on=row, region_code=office.region_code, **told) as facts:
        moved: list[int] = []
        kept: list[int] = []
        for number, case_id in _personal(giver):
            work = door.work_on(door.locked_by(None, case_id), by)
            (moved if _moved(work, number, giver, post, Entry.HAND_OVER, now) else kept).append(number)
            work.finish()
        row.tasks = {"moved": moved, "kept": kept}
        row.save(force_insert=True)
        facts["count"] = len(moved)
    return row


def take_back(*, by: Actor, hand_over: HandOver) -> list[int]:
    """Undo a hand-over: tasks the colleague has not opened go back. Returns them."""
    demand(by, Permission.CASE_SUPERVISE, on=hand_over.agency)
    post = accounts.at_work([hand_over.giver_id]).get(hand_over.giver_id)
    if hand_over.undone_at:
        raise Denied(_("This hand-over was taken back already."))
    if post is None:
        raise Denied(_("%(who)s no longer works here.") % {"who": hand_over.giver.name})
    region, now = hand_over.agency.region_code, clock.now()
    with door.wide(by), action("desk.take_back", by=by, on=hand_over, region_code=region) as facts:
        back = []
        for number in hand_over.tasks["moved"]:
            work = door.work_on(door.locked_by(number, None), by)
            if _moved(work, number, hand_over.taker, post, Entry.TAKEN_BACK, now, unopened=True):
                back.append(number)
            work.finish()
        hand_over.undone_at, hand_over.undone_by = now, by.label
        hand_over.save(update_fields=["undone_at", "undone_by"])
        facts["count"] = len(back)
    return back


def _colleagues(by: Actor, giver: User, taker: User) -> tuple[Post, Post]:
    """Both work at one office, in the area of who asks."""
    if giver.pk == taker.pk:
        raise ValidationError({"taker": _("Nobody acts on behalf of themselves.")})
    found = accounts.at_work([giver.pk, taker.pk])
    if len(found) < 2 or found[giver.pk].agency_id != found[taker.pk].agency_id:
        raise ValidationError({"taker": _("Choose somebody of the same office.")})
    if giver.pk != by.id:
        demand(by, Permission.CASE_SUPERVISE, on=found[giver.pk].agency)
    return found[giver.pk], found[taker.pk]


def _desk(by: Actor, giver: User, taker: User) -> tuple[Agency, Post]:
    """The office a leaver's desk stands in, and the post of who takes it; the leaver may be gone already."""
    office = accounts.agency_of(giver)
    post = accounts.at_work([taker.pk]).get(taker.pk)
    if office is None or post is None or post.agency_id != office.pk or giver.pk == taker.pk:
        raise ValidationError({"taker": _("Choose somebody of the same office.")})
    demand(by, Permission.CASE_SUPERVISE, on=office)
    return office, post


def _personal(giver: User) -> list[tuple[int, int]]:
    """Tasks on somebody's own desk with their cases, in the order in which cases are locked."""
    rows = Task.objects.filter(assignee=giver, state__in=(TaskState.OPEN, TaskState.WAITING))
    return list(rows.order_by("case_id", "pk").values_list("pk", "case_id"))


def _moved(
    work: Work, number: int, giver: User, post: Post, entry: Entry, now: datetime, unopened: bool = False
) -> bool:
    """Put one task on the other desk, unless it has moved on or its new holder is kept apart from it."""
    task = door.task_of(work.case, number)
    work.now = now
    waits = task.state in (TaskState.OPEN, TaskState.WAITING) and task.assignee_id == giver.pk
    if not waits or (unopened and task.opened_at):
        return False
    try:
        if task.kind != TaskKind.ASK:
            persons.demand_free(work, work.node(task), {post.user_id: post.user.name})
    except Denied:
        return False
    if Task.objects.filter(visit=task.visit, assignee=post.user).exclude(state=TaskState.CANCELLED).exists():
        return False
    task.assignee, task.agency, task.came_from = post.user, post.agency, giver.name
    task.opened_at, task.opened_by = None, ""
    task.why = {**task.why, "me": {"rule": entry.value, "by": work.by.name, "before": giver.name}}
    task.save(update_fields=["assignee", "agency", "came_from", "opened_at", "opened_by", "why"])
    work.moved = True
    work.log(entry, visit=task.visit, task=task, to=post.user.name, before=giver.name)
    return True
