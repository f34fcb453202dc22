"""Which days are worked, and clocks that count days: pure, given the announced years.

A day counts for a clock when the clock runs at its close: the start day never counts (次日起算), and a pause
takes out its first day but not its last, so that a pause from the 3rd to the 5th moves the deadline by two days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
CLOSING = time(17, 30)
Shifts = tuple[tuple[time, time], ...]
SHIFTS: Shifts = ((time(8, 30), time(12)), (time(14), CLOSING))
MARKS = (50, 80, 100)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Named:
    """A day the yearly notice names: a holiday, or a weekend day worked in exchange (调休)."""

    working: bool
    name: str


@dataclass(frozen=True)
class WorkCalendar:
    """Working days: Monday to Friday, but for the days the notices name. A year without a notice is provisional."""

    named: Mapping[date, Named] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        named = self.named.get(day)
        return named.working if named else day.weekday() < 5

    def is_provisional(self, day: date) -> bool:
        """Whether a notice may still change that day."""
        return day.year not in self.announced

    def shift(self, day: date, count: int) -> date:
        """The `count`-th working day after (or, negative, before) a day; 0 is that day or the next working one."""
        step, left = (DAY if count >= 0 else -DAY), abs(count)
        while left or not self.is_working(day):
            day += step
            left -= bool(left) and self.is_working(day)
        return day

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie after one day and up to another, which is included."""
        return sum(self.is_working(day) for day in days(after, until))


def days(after: date, until: date) -> Iterator[date]:
    """The days after one and up to another, which is included."""
    for number in range(after.toordinal() + 1, until.toordinal() + 1):
        yield date.fromordinal(number)


def local(moment: datetime) -> datetime:
    """The moment on a clock in China. Raises ValueError for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(ZONE)


def read_shifts(text: str) -> Shifts:
    """The hours of 08:30-12:00,14:00-17:30. Raises ValueError for hours that do not follow each other."""
    shifts = tuple(
        (time.fromisoformat(opens), time.fromisoformat(closes))
        for opens, closes in (part.strip().split("-") for part in text.split(","))
    )
    moments = [moment for shift in shifts for moment in shift]
    if any(one >= next_ for one, next_ in pairwise(moments)):
        raise ValueError(f"hours that do not follow each other: {text}")
    return shifts


def after_working_hours(moment: datetime, hours: float, calendar: WorkCalendar, shifts: Shifts = SHIFTS) -> datetime:
    """The moment when that many hours of office time have passed."""
    now, left = local(moment), timedelta(hours=hours)
    day = now.date()
    while True:
        for opens, closes in shifts if calendar.is_working(day) else ():
            start = max(now, datetime.combine(day, opens, ZONE))
            end = datetime.combine(day, closes, ZONE)
            if start + left <= end:
                return start + left
            left -= max(end - start, timedelta())
        day += DAY


class Unit(StrEnum):
    """What a limit counts: the law says 工作日 for one and 日 for the other."""

    WORKING = "working"
    CALENDAR = "calendar"


class Mark(StrEnum):
    """How a cell of a drawn clock looks."""

    USED = "used"
    OUT = "out"  # not counted: hatched
    LAST = "last"  # the last day, when it is today
    LATE = "late"
    LEFT = "left"


@dataclass(frozen=True)
class Span:
    """Time that does not count, with its reason. Without an end it still lasts."""

    start: datetime
    end: datetime | None = None
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Whether the clock stands still at the close of that day."""
        return local(self.start).date() <= day and (self.end is None or day < local(self.end).date())


@dataclass(frozen=True)
class Cell:
    """One day of a drawn clock."""

    day: date
    mark: Mark
    today: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Clock:
    """A limit that runs. A limit of 0 days ends on the day itself.

    `pauses` are ours (退回补正), `exclusions` the law's (专家评审); both leave days out. `rolls`: a last
    calendar day that is not worked moves to the next working day (民法典 Art. 203).
    """

    start: datetime
    limit: int
    unit: Unit = Unit.WORKING
    pauses: tuple[Span, ...] = ()
    exclusions: tuple[Span, ...] = ()
    closing: time = CLOSING
    rolls: bool = False

    def __post_init__(self) -> None:
        local(self.start)
        if self.limit < 0:
            raise ValueError("a limit is not negative")

    def due(self, calendar: WorkCalendar) -> datetime | None:
        """The last moment in time; None while a pause has no end."""
        day = self._first()
        left = self.limit
        while left:
            if self._stands_for_ever(day):
                return None
            day += DAY
            left -= self._counts(day, calendar)
        if self._must_be_worked():
            day = calendar.shift(day, 0)
        return datetime.combine(day, self.closing, ZONE)

    def elapsed(self, now: datetime, calendar: WorkCalendar) -> int:
        """Days used: today is used once the office closes."""
        return self._counted(self._first(), self._last_closed(now), calendar)

    def left(self, now: datetime, calendar: WorkCalendar) -> int:
        """Days still to come, today included while the office is open; never below 0."""
        return max(0, self.limit - self.elapsed(now, calendar))

    def overdue(self, now: datetime, calendar: WorkCalendar) -> int:
        """Days past the deadline, at least 1 as soon as it has passed; 0 before, and while the clock stands."""
        due = self.due(calendar)
        if due is None or local(now) <= due:
            return 0
        return max(1, self._counted(due.date(), local(now).date(), calendar))

    def mark(self, now: datetime, calendar: WorkCalendar) -> int:
        """The highest mark reached: 0, 50, 80 or 100 % of the limit. 100 is the deadline itself."""
        due = self.due(calendar)
        if due is not None and local(now) >= due:
            return 100
        used = self.elapsed(now, calendar) * 100
        return max((mark for mark in MARKS[:-1] if self.limit and used >= mark * self.limit), default=0)

    def provisional(self, calendar: WorkCalendar) -> bool:
        """Whether a notice still to come may move the deadline. Calendar days move only when they roll."""
        due = self.due(calendar)
        moves = self.unit is Unit.WORKING or self._must_be_worked()
        return due is not None and moves and calendar.is_provisional(due.date())

    def cells(self, now: datetime, calendar: WorkCalendar) -> list[Cell]:
        """The days to draw: up to the deadline or today, whichever is later; days off are left out."""
        due, today = self.due(calendar), local(now).date()
        end = max(due.date(), today) if due else max(today, self._first() + DAY)
        return [
            Cell(day, self._mark_of(day, now, due, calendar), day == today, self._reason(day))
            for day in days(self._first() - (DAY if self.limit == 0 else DAY * 0), end)
            if self.unit is Unit.CALENDAR or calendar.is_working(day)
        ]

    def _first(self) -> date:
        """The day before the first that counts; for a limit of 0 the day itself, once closed the next."""
        moment = local(self.start)
        late = self.limit == 0 and moment.time() >= self.closing
        return moment.date() + DAY if late else moment.date()

    def _must_be_worked(self) -> bool:
        return self.rolls or (self.limit == 0 and self.unit is Unit.WORKING)

    def _spans(self) -> tuple[Span, ...]:
        return self.pauses + self.exclusions

    def _counts(self, day: date, calendar: WorkCalendar) -> bool:
        worked = self.unit is Unit.CALENDAR or calendar.is_working(day)
        return worked and not any(span.holds(day) for span in self._spans())

    def _counted(self, after: date, until: date, calendar: WorkCalendar) -> int:
        return sum(self._counts(day, calendar) for day in days(after, until))

    def _stands_for_ever(self, day: date) -> bool:
        return any(span.end is None and span.holds(day + DAY) for span in self._spans())

    def _last_closed(self, now: datetime) -> date:
        moment = local(now)
        return moment.date() if moment.time() >= self.closing else moment.date() - DAY

    def _reason(self, day: date) -> str:
        return next((span.reason for span in self._spans() if span.holds(day)), "")

    def _mark_of(self, day: date, now: datetime, due: datetime | None, calendar: WorkCalendar) -> Mark:
        moment = local(now)
        if due and day > due.date():
            return Mark.LATE
        if not self._counts(day, calendar):
            return Mark.OUT
        if due and day == due.date():
            return Mark.LATE if moment > due else Mark.LAST if day == moment.date() else Mark.LEFT
        return Mark.USED if day <= moment.date() else Mark.LEFT
