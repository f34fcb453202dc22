"""The plan of a definition, from its rows. A definition does not change once cases run, so plans are kept."""

from functools import lru_cache

from anzhi.foundation.workflow.models import Definition, Route, Step
from anzhi.foundation.workflow.rules import plan as plans
from anzhi.foundation.workflow.rules.plan import Plan


def plan_of(definition: Definition) -> Plan:
    """The plan of an edition."""
    return _kept(definition.pk, definition.sha256)


@lru_cache(maxsize=256)
def _kept(pk: int, sha256: str) -> Plan:
    definition = Definition.objects.get(pk=pk)
    return read(definition)


def read(definition: Definition) -> Plan:
    """The plan from the rows as they are now."""
    ways: dict[int, list[plans.Route]] = {}
    for row in Route.objects.filter(step__definition=definition).order_by("step_id", "position"):
        ways.setdefault(row.step_id, []).append(plans.Route(row.outcome, row.to, row.name, row.when))
    nodes = tuple(
        plans.node_of(row.code, row.name, row.kind, row.told, tuple(ways.get(row.pk, ())))
        for row in Step.objects.filter(definition=definition).order_by("position")
    )
    return plans.plan_of(definition.key, definition.head, nodes)


def written(definition: Definition, plan: Plan) -> None:
    """Put a plan's nodes and ways into rows, in place of what was there. Only drafts take it."""
    Step.objects.filter(definition=definition).delete()
    rows = [
        Step(
            definition=definition,
            code=node.code,
            position=position,
            kind=node.kind,
            name=node.name,
            told=plans.node_told(node),
        )
        for position, node in enumerate(plan.nodes)
    ]
    Step.objects.bulk_create(rows)
    Route.objects.bulk_create(
        Route(step=row, position=position, outcome=way.outcome, name=way.name, to=way.to, when=way.when)
        for row, node in zip(rows, plan.nodes, strict=True)
        for position, way in enumerate(node.routes)
    )
