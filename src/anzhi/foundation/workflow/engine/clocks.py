"""The clocks of a case: started, stopped, paused; their deadlines and next marks are kept in rows."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from anzhi.foundation.calendar import queries as calendars
from anzhi.foundation.calendar import rules as days
from anzhi.foundation.calendar.rules import CLOSING, WorkCalendar, local
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.workflow.engine import writing
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Clock, Span, Task, Visit
from anzhi.foundation.workflow.rules.marks import next_mark
from anzhi.foundation.workflow.rules.plan import Kind, Limit, Node
from anzhi.foundation.workflow.states import ClockKind, SpanKind, TaskState

DEFAULT = Limit("workflow.countersign.days")
STOP = "UPDATE workflow_clock SET stopped_at = %s, next_at = NULL WHERE visit_id = %s AND stopped_at IS NULL"
STAMP = """
SELECT current_database(), (SELECT sum(xmin::text::bigint) FROM calendar_year),
       (SELECT count(*) FROM parameters_ruleparameter WHERE code = 'calendar.closing')
"""


@dataclass(frozen=True)
class Office:
    """Working days and closing time."""

    calendar: WorkCalendar
    closing: time = CLOSING


_kept: dict[str, tuple[object, Office]] = {}


def office(on: date) -> Office:
    """The calendar, read again only when a notice was announced or closing time changed."""
    stamp = (*writing.ask(STAMP, [])[0], on)
    if "office" not in _kept or _kept["office"][0] != stamp:
        _kept["office"] = (stamp, Office(calendars.work_calendar(), calendars.closing(on)))
    return _kept["office"][1]


def begin(work: Work) -> None:
    """Start the two clocks of the case, once."""
    for kind, limit in ((ClockKind.STATUTORY, work.plan.statutory), (ClockKind.SERVICE, work.plan.service)):
        if limit and not Clock.objects.filter(case=work.case, visit=None, kind=kind).exists():
            _start(work, kind, limit)


def begin_step(work: Work, visit: Visit, node: Node) -> Clock | None:
    """Start the clock of a round; a countersigning without a limit takes the default."""
    limit = node.limit or (DEFAULT if node.kind is Kind.COUNTERSIGN else None)
    return _start(work, ClockKind.STEP, limit, visit) if limit else None


def stop_step(work: Work, visit: Visit) -> None:
    """The round is over."""
    writing.ask(STOP, [work.now, visit.pk])


def stop(work: Work) -> None:
    """The case is over."""
    Clock.objects.filter(case=work.case, stopped_at=None).update(stopped_at=work.now, next_at=None)
    _end_spans(work, Q())


def stand(work: Work, kind: SpanKind, reason: str, visit: Visit | None = None) -> None:
    """Let the clocks stand still."""
    Span.objects.create(
        case=work.case, region_code=work.case.region_code, visit=visit, kind=kind, reason=reason, began_at=work.now
    )
    reckon(work)


def run_on(work: Work, kind: SpanKind, visit: Visit | None = None) -> None:
    """Let them run again."""
    if _end_spans(work, Q(kind=kind, visit=visit)):
        reckon(work)


def completed(work: Work) -> None:
    """What was returned for completion is handed in again."""
    if _end_spans(work, Q(kind=SpanKind.PAUSE, visit__isnull=False)):
        reckon(work)


def reckon(work: Work) -> None:
    """Deadlines and marks anew, after spans changed."""
    here = office(local(work.now).date())
    spans = _spans(work)
    for row in Clock.objects.filter(case=work.case, stopped_at=None):
        _set(row, spans, here)
        writing.change(row, "due_at", "next_at", "provisional")
        if row.visit_id:
            Task.objects.filter(visit=row.visit_id, state__in=(TaskState.OPEN, TaskState.WAITING)).update(
                due_at=row.due_at
            )


def as_rule(row: Clock, spans: list[Span], closing: time = CLOSING) -> days.Clock:
    """The calendar's clock of a row. A step's own clock stands still only while the whole case is paused."""
    counted = [s for s in spans if row.visit_id is None or (s.kind == SpanKind.PAUSE and s.visit_id is None)]
    made = [(s.kind, days.Span(s.began_at, s.ended_at, s.reason)) for s in counted]
    return days.Clock(
        start=row.started_at,
        limit=row.limit,
        unit=days.Unit(row.unit),
        pauses=tuple(span for kind, span in made if kind == SpanKind.PAUSE),
        exclusions=tuple(span for kind, span in made if kind == SpanKind.EXCLUSION),
        closing=closing,
        rolls=row.unit == days.Unit.CALENDAR,
    )


def spans_of(case_id: int) -> list[Span]:
    """Those that move a deadline: over a day's close, or not ended."""
    return list(Span.objects.filter(Q(ended_at=None) | Q(days__gt=0), case=case_id).order_by("began_at"))


def days_of(limit: Limit, on: date, region_code: str) -> int:
    """The figure of a limit: its own, or what the parameter holds on that day."""
    if limit.days.isdecimal():
        return int(limit.days)
    return int(parameters.value(limit.days, on=on, region_code=region_code))


def pass_mark(row: Clock, now: datetime) -> int:
    """Set a clock to the marks reached by now; returns the highest."""
    here = office(local(now).date())
    clock = as_rule(row, spans_of(row.case_id), here.closing)
    while (coming := next_mark(clock, row.mark, here.calendar)) and coming[1] <= now:
        row.mark = coming[0]
    row.next_at = coming[1] if coming else None
    row.due_at = clock.due(here.calendar)
    row.provisional = clock.provisional(here.calendar)
    writing.change(row, "mark", "next_at", "due_at", "provisional")
    return row.mark


def _start(work: Work, kind: ClockKind, limit: Limit, visit: Visit | None = None) -> Clock:
    on = local(work.now).date()
    row = Clock(
        case=work.case,
        region_code=work.case.region_code,
        visit=visit,
        kind=kind,
        limit=days_of(limit, on, work.case.region_code),
        unit=limit.unit,
        basis="" if limit.days.isdecimal() else limit.days,
        started_at=work.now,
    )
    _set(row, _spans(work) if kind is not ClockKind.STEP else [], office(on))
    writing.add([row])
    return row


def _set(row: Clock, spans: list[Span], here: Office) -> None:
    clock = as_rule(row, spans, here.closing)
    coming = next_mark(clock, row.mark, here.calendar)
    row.due_at, row.next_at = clock.due(here.calendar), coming[1] if coming else None
    row.provisional = clock.provisional(here.calendar)


def _spans(work: Work) -> list[Span]:
    return spans_of(work.case.pk)


def _end_spans(work: Work, which: Q) -> int:
    rows = list(Span.objects.filter(which, case=work.case, ended_at=None))
    for row in rows:
        row.ended_at = max(work.now, row.began_at)
        row.days = (local(row.ended_at).date() - local(row.began_at).date()).days
        writing.change(row, "ended_at", "days")
    return len(rows)
