"""What a definition meets when it is published: what is registered, and who would get its tasks at every office."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Avg, F

from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import Agency
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.workflow import registry
from anzhi.foundation.workflow.bpmn import checks
from anzhi.foundation.workflow.bpmn.flaws import Flaw
from anzhi.foundation.workflow.engine.seats import office_of
from anzhi.foundation.workflow.models import Definition, Visit
from anzhi.foundation.workflow.rules.plan import Kind, Node, Place, Plan
from anzhi.foundation.workflow.rules.tally import least
from anzhi.foundation.workflow.states import Edition, VisitState


@dataclass(frozen=True)
class Resolved:
    """Who would get a step's task, for a case begun at an office."""

    agency: str
    region_code: str
    step: str
    step_name: str
    at: str
    people: int
    needed: int

    @property
    def is_hole(self) -> bool:
        """Whether too few would be found."""
        return self.people < self.needed

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def known() -> checks.Known:
    """Everything a drawing may name."""
    return checks.Known(
        roles=frozenset(ROLES),
        conditions=frozenset(registry.conditions()),
        effects=frozenset(registry.effects()),
        definitions=frozenset(Definition.objects.filter(state=Edition.PUBLISHED).values_list("key", flat=True)),
        parameters=frozenset(row.code for row in parameters.settings_on(clock.today()).rows),
    )


def most() -> int:
    """How many bytes a drawing may have."""
    return int(parameters.value("workflow.drawing.kilobytes", on=clock.today())) * 1024


def flaws(plan: Plan) -> list[Flaw]:
    """What keeps a plan from being published: names nobody registered, offices and divisions that are not there."""
    found = checks.flaws_of(plan, known())
    for node in plan.steps:
        if node.assignee.place is not Place.AGENCY:
            continue
        agency = accounts.open_agency(node.assignee.agency)
        if agency is None:
            found.append(Flaw("agency", node.code, node.assignee.agency))
            continue
        there = {row.name for row in accounts.departments(agency)}
        found += [Flaw("department", node.code, name) for name in node.assignee.departments if name not in there]
    return found


def resolved(plan: Plan) -> list[Resolved]:
    """Every step for every office that may begin a case: three queries, whatever the number of offices."""
    held: dict[tuple[int, str, str], int] = defaultdict(int)
    for agency, role, department in accounts.all_holders():
        held[agency, role, department] += 1
        held[agency, role, "*"] += 1
    offices = {row.pk: row for row in accounts.open_agencies()}
    homes = [row for row in offices.values() if not plan.tiers or row.tier in plan.tiers]
    named = {code: accounts.open_agency(code) for code in {node.assignee.agency for node in plan.steps} - {""}}
    return [
        _resolve(node, home, named.get(node.assignee.agency) if node.assignee.agency else _at(node, home), held)
        for home in homes
        for node in plan.steps
        if node.assignee.place is not Place.STARTER
    ]


def holes(plan: Plan) -> list[Resolved]:
    """Where too few would be found."""
    return [row for row in resolved(plan) if row.is_hole]


def mean_days(key: str) -> dict[str, float]:
    """How many days each step took on the mean, over every round passed so far: for the simulation."""
    rows = Visit.objects.filter(case__key=key, state=VisitState.PASSED).values("step")
    taken = rows.annotate(mean=Avg(F("left_at") - F("entered_at"))).order_by("step")
    return {row["step"]: row["mean"].total_seconds() / 86400 for row in taken}


def _at(node: Node, home: Agency) -> Agency | None:
    return office_of(node.assignee, home)


def _resolve(node: Node, home: Agency, at: Agency | None, held: dict[tuple[int, str, str], int]) -> Resolved:
    people, needed = 0, 1
    if at is not None:
        names = node.assignee.departments or ("*",)
        counts = [held[at.pk, node.assignee.role, name] for name in names]
        if node.kind is Kind.COUNTERSIGN and node.assignee.departments:
            people, needed = sum(count > 0 for count in counts), len(names)
        else:
            people = sum(counts)
    if node.kind is Kind.COUNTERSIGN:
        needed = max(needed, least(node.countersign.need))
    where = at.short_name if at else ""
    return Resolved(home.short_name, home.region_code, node.code, node.name, where, people, needed)
