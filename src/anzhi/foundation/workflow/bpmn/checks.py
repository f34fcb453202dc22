"""Whether a plan can run: ways, branches, people, names of what is registered. Finds every flaw, runs nothing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from anzhi.foundation.workflow.bpmn.branches import block_flaws
from anzhi.foundation.workflow.bpmn.flaws import Flaw
from anzhi.foundation.workflow.rules.plan import PASS, REJECT, Kind, Limit, Node, Place, Plan, Row
from anzhi.foundation.workflow.rules.tally import is_need


@dataclass(frozen=True)
class Known:
    """What the system has to offer; a drawing may name nothing else."""

    roles: Collection[str] = ()
    conditions: Collection[str] = ()
    effects: Collection[str] = ()
    definitions: Collection[str] = ()
    parameters: Collection[str] = ()


def flaws_of(plan: Plan, known: Known | None) -> list[Flaw]:
    """Every flaw; with `known` also names of what is not there."""
    found = [flaw for node in plan.nodes for flaw in _node_flaws(plan, node)]
    if not plan.steps:
        found.append(Flaw("no_steps"))
    found += [*_way_flaws(plan)]
    found = found or block_flaws(plan)
    return (
        found
        + ([flaw for node in plan.nodes for flaw in _unknown(node, known)] if known else [])
        + ([*_limits(plan, known)] if known else [])
    )


def _node_flaws(plan: Plan, node: Node) -> Iterator[Flaw]:
    if node.is_human:
        yield from _step_flaws(plan, node)
    elif node.kind is Kind.RULE:
        yield from _table_flaws(node)
    elif node.kind is Kind.CALL:
        yield from (Flaw("vote_ways", node.code, r.outcome) for r in node.routes if r.outcome not in (PASS, REJECT))


def _step_flaws(plan: Plan, node: Node) -> Iterator[Flaw]:
    if not node.assignee.role and node.assignee.place is not Place.STARTER:
        yield Flaw("no_assignee", node.code)
    if not node.route(PASS):
        yield Flaw("no_pass", node.code)
    if node.kind is Kind.COUNTERSIGN:
        if not is_need(node.countersign.need):
            yield Flaw("need", node.code, node.countersign.need)
        yield from (Flaw("vote_ways", node.code, r.outcome) for r in node.routes if r.outcome not in (PASS, REJECT))
    for code in node.apart:
        if code not in plan or not plan[code].is_human:
            yield Flaw("apart", node.code, code)


def _table_flaws(node: Node) -> Iterator[Flaw]:
    rows, outcomes = node.table.rows, {route.outcome for route in node.routes}
    if not rows:
        yield Flaw("table", node.code)
        return
    for row in rows:
        if row.then not in outcomes:
            yield Flaw("table_way", node.code, row.then)
        if row.need and not is_need(row.need):
            yield Flaw("need", node.code, row.need)
        if not all(_is_amount(text) for text in (row.at_least, row.below)):
            yield Flaw("value", node.code, "at_least" if not _is_amount(row.at_least) else "below")
            return
    if not _fits_all(rows[-1]):
        yield Flaw("table_last", node.code)
    yield from (Flaw("table_shadow", node.code, str(n)) for n in _shadowed(rows))


def _shadowed(rows: tuple[Row, ...]) -> Iterator[int]:
    """Numbers of the lines that an earlier one takes everything from."""
    for number, row in enumerate(rows, 1):
        if any(_covers(earlier, row) for earlier in rows[: number - 1]):
            yield number


def _covers(wide: Row, narrow: Row) -> bool:
    low = not wide.at_least or (narrow.at_least and Decimal(narrow.at_least) >= Decimal(wide.at_least))
    high = not wide.below or (narrow.below and Decimal(narrow.below) <= Decimal(wide.below))
    return bool(low and high and wide.kind in ("", narrow.kind) and narrow.region.startswith(wide.region))


def _fits_all(row: Row) -> bool:
    return not (row.at_least or row.below or row.kind or row.region)


def _is_amount(text: str) -> bool:
    try:
        return not text or Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _way_flaws(plan: Plan) -> Iterator[Flaw]:
    """Nodes that are not reached, from which no end is reached, and loops in which nobody acts."""
    ahead = {node.code: {route.to for route in node.routes} for node in plan.nodes}
    behind: dict[str, set[str]] = {code: set() for code in ahead}
    for code, targets in ahead.items():
        for to in targets & behind.keys():
            behind[to].add(code)
    ends = {node.code for node in plan.nodes if node.kind is Kind.END}
    reached, ending = _spread({plan.start}, ahead), _spread(ends, behind)
    yield from (Flaw("unreachable", code) for code in ahead if code not in reached)
    yield from (Flaw("no_end", code) for code in ahead if code in reached and code not in ending)
    idle = {code: {to for to in ahead[code] if _is_idle(plan[to])} for code in ahead if _is_idle(plan[code])}
    yield from (Flaw("idle_loop", code) for code in idle if code in _spread(idle[code], idle))


def _is_idle(node: Node) -> bool:
    return not node.is_human and node.kind not in (Kind.CALL, Kind.END)


def _spread(start: Collection[str], ways: dict[str, set[str]]) -> set[str]:
    seen, todo = set(), list(start)
    while todo:
        code = todo.pop()
        if code not in seen:
            seen.add(code)
            todo += ways.get(code, ())
    return seen


def _unknown(node: Node, known: Known) -> Iterator[Flaw]:
    if node.is_human and node.assignee.role and node.assignee.role not in known.roles:
        yield Flaw("role", node.code, node.assignee.role)
    if node.effect and node.effect not in known.effects:
        yield Flaw("effect", node.code, node.effect)
    if node.kind is Kind.CALL and node.calls not in known.definitions:
        yield Flaw("call", node.code, node.calls)
    for route in node.routes:
        if route.when and route.when not in known.conditions:
            yield Flaw("condition", node.code, route.when)


def _limits(plan: Plan, known: Known) -> Iterator[Flaw]:
    limits: list[tuple[str, Limit | None]] = [(node.code, node.limit) for node in plan.nodes]
    for code, limit in [*limits, (plan.key, plan.statutory), (plan.key, plan.service)]:
        if limit and not limit.days.isdecimal() and limit.days not in known.parameters:
            yield Flaw("parameter", code, limit.days)
