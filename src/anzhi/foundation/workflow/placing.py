"""Where running cases would stand in another edition: looked at for all of them before any is moved."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from anzhi.foundation.workflow.bpmn.branches import Path, paths_of
from anzhi.foundation.workflow.engine.plans import plan_of
from anzhi.foundation.workflow.models import Case, Definition, Visit
from anzhi.foundation.workflow.rules.plan import Plan
from anzhi.foundation.workflow.states import LIVE, VisitState


@dataclass(frozen=True)
class Place:
    """So many cases of an edition at a step, where they would go, and what stands in the way."""

    version: int
    step: str
    to: str
    cases: int
    problem: str = ""


def preview(to: Definition, mapping: Mapping[str, str]) -> list[Place]:
    """A dry run over every running case of the procedure, by edition and step."""
    open_rounds = Visit.objects.filter(state=VisitState.OPEN, case__key=to.key, case__state__in=LIVE)
    counted = open_rounds.exclude(case__definition=to).values("case__definition_id", "step").annotate(n=Count("pk"))
    rows = list(counted.order_by("case__definition_id", "step"))
    editions = Definition.objects.in_bulk({row["case__definition_id"] for row in rows})
    new, found = plan_of(to), []
    for row in rows:
        edition, step = editions[row["case__definition_id"]], row["step"]
        reason = problem(plan_of(edition), new, step, mapping)
        found.append(Place(edition.version, step, mapping.get(step, step), row["n"], reason))
    return found


def waiting(to: Definition) -> list[int]:
    """The running cases of other editions, the oldest first."""
    with transaction.atomic():
        rows = Case.objects.filter(key=to.key, state__in=LIVE).exclude(definition=to)
        return list(rows.order_by("pk").values_list("pk", flat=True))


def problem(old: Plan, new: Plan, step: str, mapping: Mapping[str, str]) -> str:
    """Why a case cannot stand there; nothing when it can."""
    code = mapping.get(step, step)
    told = {"step": (old[step].name or step) if step in old else step}
    if step not in old or code not in new:
        return _("“%(step)s” has no place in the other edition: say which step takes it.") % told
    if old[step].kind != new[code].kind:
        return _("“%(step)s” would become another kind of step.") % told
    if _moved(paths_of(old)[0][step], mapping) != paths_of(new)[0][code]:
        return _("“%(step)s” would stand in another parallel branch.") % told
    return ""


def _moved(path: Path, mapping: Mapping[str, str]) -> Path:
    return tuple((mapping.get(code, code), branch) for code, branch in path)
