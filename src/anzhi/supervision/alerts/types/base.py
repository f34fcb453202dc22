"""What a type of alert is, and how its expression becomes SQL of an engine."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import ibis
from ibis.expr.types import Table, Value

TOUCHED = -9_007_199_254_740_993  # stands in compiled SQL where the touched subjects go; no id is negative
DAY = date(9876, 5, 4)  # stands in it for the day: a rule is compiled once for its limits, not once for each day
WRITTEN_DAY = "{0.year}, {0.month}, {0.day}"


class Unit(StrEnum):
    """How a parameter is stored and shown."""

    DAYS = "days"
    YUAN = "yuan"
    SHARE = "share"


@dataclass(frozen=True)
class Parameter:
    """A typed limit of a rule; `code` names its dated row among the parameters of the province."""

    name: str
    code: str
    unit: Unit
    level: str
    label: str

    def literal(self, value: Decimal) -> int:
        """Whole days, fen, or thousandths, for the expression."""
        return int(value * {Unit.DAYS: 1, Unit.YUAN: 100, Unit.SHARE: 1000}[self.unit])


@dataclass(frozen=True)
class RuleType:
    """One of the seven questions that supervision asks.

    `expression(limits, as_of, touched)` gives rows with `subject` (text), `region_code`, `level`
    (red, yellow, blue) and the facts; `touched` limits it to the ids in `narrow` of one table.
    """

    code: str
    label: str
    question: str
    parameters: tuple[Parameter, ...]
    expression: Callable[[Mapping[str, Value], Value, bool], Table]


def compile_rule(rule: RuleType, values: Mapping[str, Decimal], as_of: date, *, touched: bool, engine: str) -> str:
    """SQL text of a rule with its limits and day written in.

    With `touched`, the text holds one `%s` for each place that takes the array of touched ids
    (and `%%` for `%`): run it with psycopg. Raises KeyError when a limit is missing.
    """
    limits = tuple((p.name, p.literal(values[p.name])) for p in rule.parameters)
    sql = _compiled(rule, limits, touched, engine)
    return sql.replace(WRITTEN_DAY.format(DAY), WRITTEN_DAY.format(as_of))


@lru_cache(maxsize=64)
def _compiled(rule: RuleType, limits: tuple[tuple[str, int], ...], touched: bool, engine: str) -> str:
    given = {name: ibis.literal(value, "int64") for name, value in limits}
    sql = getattr(ibis, engine).compile(rule.expression(given, ibis.literal(DAY), touched))
    if not touched:
        return sql
    return re.sub(rf"IN \({TOUCHED}\)|= {TOUCHED}\b", "= ANY(%s)", sql.replace("%", "%%"))


def bands(*, red: Value, yellow: Value, blue: Value) -> Value:
    """The level: red before yellow before blue, else null."""
    return ibis.cases((red, "red"), (yellow, "yellow"), (blue, "blue"), else_=ibis.null("string"))
