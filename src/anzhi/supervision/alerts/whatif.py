"""What drafted limits would change today: nothing is written, the same rows are asked twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from anzhi.foundation.web.places import name_of
from anzhi.supervision.alerts import queries
from anzhi.supervision.alerts.findings import Finding, find, limits_of
from anzhi.supervision.alerts.states import RANK, Level
from anzhi.supervision.alerts.types.base import RuleType

ZERO = Decimal(0)


@dataclass(frozen=True)
class Case:
    """One subject whose alert would be another: `before` or `after` is "" where there is none."""

    finding: Finding
    before: str
    after: str
    labels: Mapping[str, Any]

    @property
    def area(self) -> str:
        """Where."""
        return name_of(self.finding.region_code)


@dataclass
class Preview:
    """Counts by level and yuan, in force and drafted, and every difference."""

    counts: list[tuple[str, int, int]] = field(default_factory=list)
    amounts: tuple[Decimal, Decimal] = (ZERO, ZERO)
    cases: dict[str, list[Case]] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether nothing at all would change."""
        return not any(self.cases.values())


def preview(rule: RuleType, drafted: Mapping[str, Decimal], as_of: date) -> Preview:
    """Run the rule with the limits in force and with the drafted ones, under the scope of who asks."""
    live = {f.subject: f for f in find(rule, limits_of(rule, as_of), as_of)}
    draft = {f.subject: f for f in find(rule, drafted, as_of)}
    made = Preview()
    for level in Level.values:
        before, after = (sum(f.level == level for f in found.values()) for found in (live, draft))
        made.counts.append((level, before, after))
    made.amounts = (_sum(live), _sum(draft))
    made.cases = _cases(live, draft)
    return made


def _sum(found: Mapping[str, Finding]) -> Decimal:
    return sum((finding.amount for finding in found.values()), ZERO)


def _cases(live: dict[str, Finding], draft: dict[str, Finding]) -> dict[str, list[Case]]:
    groups = {
        "new": draft.keys() - live.keys(),
        "gone": live.keys() - draft.keys(),
        "turned": {key for key in live.keys() & draft.keys() if live[key].level != draft[key].level},
    }
    labels = queries.labels_of([draft.get(key) or live[key] for keys in groups.values() for key in keys])
    return {
        name: sorted((_case(live.get(key), draft.get(key), labels[key]) for key in keys), key=_order)
        for name, keys in groups.items()
    }


def _case(live: Finding | None, draft: Finding | None, labels: Mapping[str, Any]) -> Case:
    finding = draft or live
    assert finding is not None  # by the sets above
    return Case(finding, live.level if live else "", draft.level if draft else "", labels)


def _order(case: Case) -> tuple[int, Decimal]:
    return RANK[Level(case.after or case.before)], -case.finding.amount
