"""Rows for the rules: made alike every time, and the hand-written floor answers what the rule answers."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from anzhi.supervision.alerts.types.base import compile_rule
from anzhi.supervision.alerts.types.catalogue import TYPES
from benchmarks import rules, rules_data

LIMITS = {
    "IDLE_FUND": {"share": "0.1", "amount": "100000", "blue_days": "180", "yellow_days": "365", "red_days": "730"}
    | {"red_large_days": "365", "red_large_amount": "10000000"},
    "TRANSFER_LATE": {"amount_days": "1", "blue_days": "1", "blue_before": "5", "yellow_days": "10"}
    | {"yellow_amount": "10000000", "red_days": "30", "red_amount": "100000000"},
}


@pytest.mark.parametrize("code", TYPES)
def test_the_floor_answers_what_the_rule_answers(code: str, tmp_path: Path) -> None:
    rule, limits = TYPES[code], {name: Decimal(value) for name, value in LIMITS[code].items()}
    engine = rules_data.make(tmp_path, 200_000)
    day = date.fromisoformat(rules_data.AS_OF)
    plain = rules.WRITTEN[code].format(as_of=day, **{p.name: p.literal(limits[p.name]) for p in rule.parameters})
    ours = rules.ask(engine, compile_rule(rule, limits, day, touched=False, engine="duckdb"))
    assert ours[1]
    assert rules.digest(ours) == rules.digest(rules.ask(engine, plain))


def test_a_digest_goes_by_facts_not_by_order_or_type() -> None:
    first = (["a", "b"], [(1, "x"), (2, "y")])
    second = (["b", "a"], [("y", Decimal(2)), ("x", Decimal(1))])
    assert rules.digest(first) == rules.digest(second)
    assert rules.digest(first) != rules.digest((["a", "b"], [(1, "x"), (3, "y")]))
