"""Moving on: from a node to the next, through gateways, into steps, to the end."""

from typing import Any

from anzhi.foundation.workflow.engine import clocks, desks, effects, writing
from anzhi.foundation.workflow.engine.plans import plan_of
from anzhi.foundation.workflow.engine.seats import Seat, seats
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Case, Task, Visit
from anzhi.foundation.workflow.registry import holds
from anzhi.foundation.workflow.rules.plan import PASS, REJECT, Duty, Kind, Node, Result, Timing
from anzhi.foundation.workflow.rules.table import decided
from anzhi.foundation.workflow.states import CaseState, Entry, SpanKind, TaskKind, TaskState, VisitState

LAST_ROUND = "SELECT max(round) FROM workflow_visit WHERE case_id = %s AND step = %s"
UNDONE = (TaskState.OPEN, TaskState.WAITING)
ENDS = {Result.APPROVED: CaseState.APPROVED, Result.REJECTED: CaseState.REJECTED}


def enter(
    work: Work,
    code: str,
    *,
    cause: Visit | None = None,
    fork: Visit | None = None,
    jumps: list[str] | None = None,
    because: list[dict[str, Any]] | None = None,
    need: str = "",
) -> None:
    """Go to a node and on until people must act. `because` gathers what led there."""
    because = because or []
    work.moved = True
    while True:
        node = work.plan[code]
        if node.is_human:
            open_step(work, node, cause, fork, jumps or [], because, need)
            return
        if node.kind is Kind.END:
            _end(work, node)
            return
        if node.kind is Kind.FORK:
            _split(work, node, cause, fork, because)
            return
        if node.kind is Kind.CALL:
            _call(work, node, cause, fork)
            return
        if node.kind is Kind.JOIN:
            if fork is None or not _met(work, fork):
                return
            fork = fork.fork
        route = node.routes[0]
        if node.kind is Kind.CHOICE:
            route = next(way for way in node.routes if not way.when or holds(way.when, work.moment(node.code)))
            because = [*because, {"choice": node.code, "when": route.when}]
            work.log(Entry.ROUTED, detail_of=node.code, name=node.name, when=route.when, to=route.to)
        if node.kind is Kind.RULE:
            number, row = decided(node.table, work.case.facts, work.case.region_code)
            route, need = node.route(row.then) or route, row.need
            because = [*because, {"table": node.code, "row": number, "then": row.then}]
            work.log(Entry.ROUTED, detail_of=node.code, name=node.name, row=number, then=row.then, need=need)
        code = route.to


def open_step(
    work: Work,
    node: Node,
    cause: Visit | None,
    fork: Visit | None,
    jumps: list[str],
    because: list[dict[str, Any]],
    need: str = "",
) -> Visit:
    """Begin a round at a step, with its seats, its clock and why."""
    visit = new_visit(work, node.code, cause, fork, jumps=jumps, need=need)
    clock = clocks.begin_step(work, visit, node)
    if node.timing is Timing.EXCLUDED:
        clocks.stand(work, SpanKind.EXCLUSION, node.name, visit)
    found = seats(work, node, need)
    why = {"step": because or [{"from": cause.step, "outcome": cause.outcome}] if cause else because}
    if clock:
        why["due"] = [{"limit": clock.limit, "unit": clock.unit, "basis": clock.basis}]
    made = [_task(work, node, visit, seat, number, why) for number, seat in enumerate(found)]
    for task in made:
        task.due_at = clock.due_at if clock else None
    writing.add(made)
    desks.invite(work, {task.desk_region for task in made})
    work.log(Entry.SENT, visit=visit, to=[_seat_told(seat) for seat in found])
    for task, seat in zip(made, found, strict=True):
        if seat.queued:
            desks.alarm(work, visit, task, seat)
    if node.skip_same and len(found) == 1 and [one.id for one in found[0].holders] == [work.by.id]:
        _same_again(work, visit, made[0])
    return visit


def new_visit(
    work: Work,
    step: str,
    cause: Visit | None,
    fork: Visit | None,
    *,
    jumps: list[str],
    need: str = "",
    waiting: int = 0,
) -> Visit:
    """A round; its number is one more than the last at this step."""
    ((last,),) = writing.ask(LAST_ROUND, [work.case.pk, step])
    visit = Visit(
        case=work.case,
        region_code=work.case.region_code,
        step=step,
        round=(last or 0) + 1,
        cause=cause,
        fork=fork,
        jumps=jumps,
        need=need,
        waiting=waiting,
        entered_at=work.now,
    )
    writing.add([visit])
    return visit


def leave(work: Work, visit: Visit, state: VisitState, outcome: str, alone: bool = False) -> None:
    """End a round: what is still open in it is no longer needed (`alone`: nothing is), its clock stops."""
    if not alone:
        Task.objects.filter(visit=visit, state__in=UNDONE).update(state=TaskState.CANCELLED)
    visit.state, visit.outcome, visit.left_at = state, outcome, work.now
    writing.change(visit, "state", "outcome", "left_at")
    node = work.plan[visit.step]
    if node.limit or node.kind is Kind.COUNTERSIGN:
        clocks.stop_step(work, visit)
    if node.timing is Timing.EXCLUDED:
        clocks.run_on(work, SpanKind.EXCLUSION, visit)


def conclude(work: Work, visit: Visit, outcome: str, alone: bool = False) -> None:
    """A round has its outcome: its effect happens, and the case goes on."""
    node = work.plan[visit.step]
    leave(work, visit, VisitState.PASSED, outcome, alone)
    if node.duty is Duty.SUBMIT:
        clocks.completed(work)
    if node.timing is Timing.STARTS:
        clocks.begin(work)
    if node.effect and outcome == PASS:
        effects.happen(work, node.effect, node.code, outcome, visit)
    if visit.jumps and outcome == PASS:
        back, rest = visit.jumps[-1], visit.jumps[:-1]
        told = [{"jumped": visit.step}]
        enter(work, back, cause=visit, fork=visit.fork, jumps=rest, because=told)
        return
    route = node.route(outcome)
    if route is None:
        raise LookupError(f"{node.code!r} has no way called {outcome!r}")
    enter(work, route.to, cause=visit, fork=visit.fork)


def cancel_branches(work: Work, fork: Visit) -> None:
    """Give up a split and everything open inside it."""
    for inner in Visit.objects.filter(fork=fork, state=VisitState.OPEN):
        if work.plan[inner.step].kind is Kind.FORK:
            cancel_branches(work, inner)
        else:
            leave(work, inner, VisitState.CANCELLED, "")
            end_children(work, inner, CaseState.TERMINATED)
    leave(work, fork, VisitState.CANCELLED, "")


def end_children(work: Work, visit: Visit | None, state: CaseState) -> None:
    """End the sub-cases of a round, or of the whole case."""
    rows = Case.objects.select_for_update(of=("self",)).filter(parent=work.case, ended_at=None)
    for child in rows.filter(parent_visit=visit) if visit else rows:
        inside = Work(child, plan_of(child.definition), work.by, work.now, work.behalf)
        close(inside, state)
        inside.finish()


def close(work: Work, state: CaseState) -> None:
    """End the case: nothing in it stays open."""
    end_children(work, None, CaseState.TERMINATED)
    Task.objects.filter(case=work.case, state__in=UNDONE).update(state=TaskState.CANCELLED)
    Visit.objects.filter(case=work.case, state=VisitState.OPEN).update(state=VisitState.CANCELLED, left_at=work.now)
    clocks.stop(work)
    work.case.state, work.case.ended_at = state, work.now
    work.moved = True
    work.touched |= {"state", "ended_at"}
    work.log(Entry.ENDED, state=state)


def _end(work: Work, node: Node) -> None:
    close(work, ENDS[node.result])
    if node.effect:
        effects.happen(work, node.effect, node.code, node.result, None)
    if work.case.parent_id:
        work.finish()  # the parent must see it ended
        _back_to_parent(work, node.result)


def _back_to_parent(work: Work, result: Result) -> None:
    """The round that called this case has its outcome. The door has locked the parent already."""
    parent = Case.objects.select_related("definition").get(children=work.case)
    if parent.ended_at or work.case.parent_visit is None:
        return
    outer = Work(parent, plan_of(parent.definition), work.by, work.now, work.behalf)
    visit = work.case.parent_visit
    outcome = PASS if result is Result.APPROVED else REJECT
    if outer.plan[visit.step].route(outcome):
        conclude(outer, visit, outcome)
    else:
        leave(outer, visit, VisitState.RETURNED, outcome)
        enter(outer, outer.plan.start, cause=visit)
    outer.finish()


def _split(work: Work, node: Node, cause: Visit | None, fork: Visit | None, because: list[dict[str, Any]]) -> None:
    visit = new_visit(work, node.code, cause, fork, jumps=[], waiting=len(node.routes))
    for route in node.routes:
        enter(work, route.to, cause=cause, fork=visit, because=[*because, {"split": node.code}])


def _met(work: Work, fork: Visit) -> bool:
    """One branch more has arrived; whether it was the last."""
    fork.refresh_from_db(fields=["waiting"])
    fork.waiting -= 1
    writing.change(fork, "waiting")
    if fork.waiting > 0:
        return False
    fork.state, fork.left_at = VisitState.PASSED, work.now
    writing.change(fork, "state", "left_at")
    return True


def _call(work: Work, node: Node, cause: Visit | None, fork: Visit | None) -> None:
    """Begin a case of another definition; this one waits for its result."""
    visit = new_visit(work, node.code, cause, fork, jumps=[])
    child = effects.child_of(work, node, visit)
    inside = Work(child, plan_of(child.definition), work.by, work.now, work.behalf)
    inside.log("start", child_of=work.case.pk)
    begin(inside)
    inside.finish()
    work.log(Entry.SENT, visit=visit, child=child.pk)


def begin(work: Work) -> None:
    """The first step, and the clocks unless a later step starts them."""
    desks.invite(work, {work.case.agency.region_code})
    if not any(node.timing is Timing.STARTS for node in work.plan.nodes):
        clocks.begin(work)
    enter(work, work.plan.start)


def _task(work: Work, node: Node, visit: Visit, seat: Seat, number: int, why: dict[str, Any]) -> Task:
    later = node.kind is Kind.COUNTERSIGN and node.countersign.sequential and number > 0
    return Task(
        case=work.case,
        visit=visit,
        region_code=work.case.region_code,
        desk_region=seat.agency.region_code,
        step=node.code,
        step_name=node.name,
        kind=TaskKind.VOTE if node.kind is Kind.COUNTERSIGN else TaskKind.DO,
        state=TaskState.WAITING if later else TaskState.OPEN,
        position=number,
        agency=seat.agency,
        department_id=seat.department_id,
        role=seat.role,
        assignee_id=seat.person.id if seat.person else None,
        queued=bool(seat.queued),
        bulk=node.bulk,
        why={"me": seat.why, **why},
        created_at=work.now,
    )


def _seat_told(seat: Seat) -> dict[str, Any]:
    told = {"agency": seat.agency.short_name, "role": seat.role, "queued": seat.queued}
    return told | ({"person": seat.person.name} if seat.person else {})


def _same_again(work: Work, visit: Visit, task: Task) -> None:
    """The same person would act twice in a row: once is enough, and the log says so."""
    task.state, task.outcome, task.done_at = TaskState.DONE, PASS, work.now
    task.done_by, task.doer_id = work.by.name, work.by.id
    writing.change(task, "state", "outcome", "done_at", "done_by", "doer_id")
    work.log(PASS, visit=visit, task=task, same_person=True)
    desks.hand(work, visit)
    conclude(work, visit, PASS)
