"""Which line of a decision table fits."""

from decimal import Decimal
from typing import Any

import pytest

from anzhi.foundation.workflow.rules.plan import Row, Table
from anzhi.foundation.workflow.rules.table import decided, number

TABLE = Table(
    (
        Row("huge", at_least="100000000"),
        Row("large", at_least="5000000", below="100000000"),
        Row("boundary", kind="boundary"),
        Row("south", region="5328"),
        Row("small"),
    )
)


@pytest.mark.parametrize(
    ("facts", "region", "then"),
    [
        ({"amount": 100_000_000}, "53", "huge"),
        ({"amount": "99,999,999.99"}, "53", "large"),
        ({"amount": Decimal("5000000")}, "53", "large"),
        ({"amount": "4999999.99"}, "530102", "small"),
        ({"amount": "1", "kind": "boundary"}, "530102", "boundary"),
        ({"kind": "boundary", "amount": "6000000"}, "530102", "large"),
        ({"amount": 0}, "532801000000", "south"),
        ({"amount": -1}, "53", "small"),
        ({}, "53", "small"),
        ({"amount": "about a million"}, "53", "small"),
        ({"amount": "NaN"}, "53", "small"),
        ({"amount": "Infinity"}, "53", "small"),
        ({"amount": None}, "53", "small"),
    ],
)
def test_the_first_line_that_fits(facts: dict[str, Any], region: str, then: str) -> None:
    assert decided(TABLE, facts, region)[1].then == then


def test_lines_are_numbered_as_people_count() -> None:
    assert decided(TABLE, {}, "53")[0] == 5


def test_other_facts_may_be_looked_at() -> None:
    table = Table((Row("many", at_least="100", kind="move"), Row("few")), amount="persons", kind="change")
    assert decided(table, {"persons": 100, "change": "move"}, "53")[1].then == "many"
    assert decided(table, {"amount": 100, "kind": "move"}, "53")[1].then == "few"


def test_a_table_without_a_last_line_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="fits everything"):
        decided(Table((Row("x", kind="y"),)), {}, "53")


@pytest.mark.parametrize(
    ("value", "expected"), [("1,000.50", Decimal("1000.50")), (True, None), ("", None), ("1e3", 1000)]
)
def test_facts_as_numbers(value: Any, expected: Any) -> None:
    assert number(value) == expected
