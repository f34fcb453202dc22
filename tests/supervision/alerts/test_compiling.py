"""A rule is compiled once for its limits; the day is written in afterwards."""

from datetime import date
from decimal import Decimal

import ibis
import pytest

from anzhi.supervision.alerts.types import base
from anzhi.supervision.alerts.types.base import compile_rule
from anzhi.supervision.alerts.types.catalogue import TYPES

DAYS = [date(2026, 11, 22), date(2026, 1, 1), date(2024, 2, 29), date(1999, 12, 31)]
RULES = pytest.mark.parametrize("rule", TYPES.values(), ids=TYPES)
ENGINES = pytest.mark.parametrize("engine", ["postgres", "duckdb"])


def limits(rule: base.RuleType, value: int = 3) -> dict[str, Decimal]:
    return {parameter.name: Decimal(value) for parameter in rule.parameters}


@RULES
@ENGINES
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_written_in_is_the_day_compiled(rule: base.RuleType, engine: str, day: date) -> None:
    values = {p.name: ibis.literal(p.literal(Decimal(3)), "int64") for p in rule.parameters}
    plain = getattr(ibis, engine).compile(rule.expression(values, ibis.literal(day), False))

    assert compile_rule(rule, limits(rule), day, touched=False, engine=engine) == plain


@RULES
def test_another_day_is_not_compiled_again(rule: base.RuleType) -> None:
    base._compiled.cache_clear()
    texts = {compile_rule(rule, limits(rule), day, touched=True, engine="postgres") for day in DAYS}

    assert len(texts) == len(DAYS)
    assert base._compiled.cache_info().misses == 1


@RULES
def test_other_limits_and_what_was_touched_are_other_texts(rule: base.RuleType) -> None:
    texts = {
        compile_rule(rule, limits(rule, value), DAYS[0], touched=touched, engine="postgres")
        for value in (3, 4)
        for touched in (True, False)
    }

    assert len(texts) == 4
