"""Reading a yearly notice as an office types it: one day a line, `2027-01-01 休 元旦` or `2027-02-06 班 春节`."""

import re
from dataclasses import dataclass
from datetime import date

from anzhi.foundation.calendar.rules import Named

LINE = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:/(\d{4}-\d{2}-\d{2}))?\s+(休|班|off|work)\s+(\S.*)$")
LONGEST = 20  # days in one range
NAME = 60  # characters, as the column has


@dataclass(frozen=True)
class Problem:
    """A line that cannot be taken, with a code the form turns into a sentence."""

    line: int
    text: str
    code: str


def read(text: str, year: int) -> tuple[dict[date, Named], list[Problem]]:
    """The named days of a notice and every line that is wrong. A range is `2027-10-01/2027-10-07 休 国庆节`."""
    named: dict[date, Named] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        code, days = _days(line.strip(), year)
        if not code and named.keys() & days.keys():
            code = "twice"
        if code:
            problems.append(Problem(number, line.strip(), code))
        else:
            named |= days
    return named, problems


def _days(line: str, year: int) -> tuple[str, dict[date, Named]]:
    if not (found := LINE.match(line)):
        return "form", {}
    try:
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2] or found[1])
    except ValueError:
        return "date", {}
    if first.year != year or last.year != year:
        return "year", {}
    if len(found[4].strip()) > NAME:
        return "name", {}
    if not 0 <= (last - first).days < LONGEST:
        return "range", {}
    working = found[3] in ("班", "work")
    span = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    if working and any(day.weekday() < 5 for day in span):
        return "weekday", {}
    return "", {day: Named(working, found[4].strip()) for day in span}
