"""How a budget comes into force: proposed, given ceilings, refined, approved; then adjusted and closed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts.models import Agency, Department
from anzhi.foundation.audit import door as audit
from anzhi.foundation.money.formats import figure
from anzhi.foundation.parameters import clock
from anzhi.management.budgets import moves, rules
from anzhi.management.budgets.models import Budget, BudgetLine
from anzhi.management.budgets.states import NEXT, OPEN, LineKind, MoveKind, Stage

YEARS = range(2000, 2100)


def open_budget(*, by: Actor, agency: Agency, year: int) -> Budget:
    """Begin the budget of an office for a year. Raises ValidationError where there is one."""
    demand(by, Permission.BUDGET_EDIT, on=agency)
    if year not in YEARS:
        raise ValidationError({"year": _("Write a year, such as 2027.")})
    budget = Budget(agency=agency, region_code=agency.region_code, year=year)
    budget.full_clean(exclude=["document", "approved_on"])
    with audit.action("budget.opened", by=by, on=budget, year=year):
        budget.save(force_insert=True)
    return budget


def propose(
    *,
    by: Actor,
    budget: Budget,
    kind: LineKind,
    name: str,
    amount: Decimal,
    department: Department | None = None,
    **facts: Any,
) -> BudgetLine:
    """A line of the first proposal (一上). `facts`: basis, is_watched. Raises ValidationError."""
    demand(by, Permission.BUDGET_EDIT, on=budget)
    with transaction.atomic():
        _at(budget, Stage.PROPOSAL)
        line = BudgetLine(
            budget=budget,
            region_code=budget.region_code,
            kind=kind,
            name=name,
            department=department,
            proposed=amount,
            **facts,
        )
        line.full_clean(exclude=["available"])
        with audit.action("budget.line_proposed", by=by, on=line, amount=amount, year=budget.year):
            line.save(force_insert=True)
    return line


def drop(*, by: Actor, line: BudgetLine) -> None:
    """Take a line out of the first proposal; it has no movements yet."""
    demand(by, Permission.BUDGET_EDIT, on=line)
    with audit.action("budget.line_dropped", by=by, on=line, amount=line.proposed):
        _at(line.budget, Stage.PROPOSAL)
        line.delete()


def answer(*, by: Actor, budget: Budget, ceilings: Mapping[int, Decimal], document: str) -> Budget:
    """The ceilings (一下, 控制数) by line id, all of them; they come from the finance department by document."""
    demand(by, Permission.BUDGET_DECIDE, on=budget)
    with audit.action("budget.answered", by=by, on=budget, document=document, sum=sum(ceilings.values())):
        _at(budget, Stage.PROPOSAL)
        _fill(budget, "ceiling", ceilings)
        lacking = rules.unanswered(_asked(budget))
        if lacking:
            raise ValidationError(_("No ceiling is given for: %(names)s."), params={"names": "、".join(lacking)})
        _turn(budget, Stage.CEILING)
    return budget


def refine(*, by: Actor, budget: Budget, amounts: Mapping[int, Decimal]) -> Budget:
    """The second proposal (二上) by line id; within the ceilings of each kind. Raises ValidationError."""
    demand(by, Permission.BUDGET_EDIT, on=budget)
    with audit.action("budget.refined", by=by, on=budget, sum=sum(amounts.values())):
        _at(budget, Stage.CEILING)
        _fill(budget, "refined", amounts)
        asked = _asked(budget)
        if lacking := rules.unrefined(asked):
            raise ValidationError(_("No figure is given for: %(names)s."), params={"names": "、".join(lacking)})
        if over := rules.excess(asked):
            raise ValidationError(
                [
                    _("%(kind)s goes %(over)s yuan beyond its ceilings.")
                    % {"kind": LineKind(kind).label, "over": figure(amount)}
                    for kind, amount in over.items()
                ]
            )
        _turn(budget, Stage.REFINED)
    return budget


def approve(*, by: Actor, budget: Budget, document: str) -> Budget:
    """Put the refined figures in force (二下, 批复) by a document: one movement a line, all or none."""
    demand(by, Permission.BUDGET_DECIDE, on=budget)
    if not document.strip():
        raise ValidationError({"document": _("Name the document of the reply.")})
    with audit.action("budget.approved", by=by, on=budget, document=document) as facts:
        _at(budget, Stage.REFINED)
        lines = list(budget.lines.all())
        for line in lines:
            if line.refined:
                moves.move(line, MoveKind.APPROVE, line.refined, by, moves.Why(document=document))
        facts["sum"] = sum((line.refined or rules.ZERO for line in lines), rules.ZERO)
        budget.document, budget.approved_on = document, clock.today()
        _turn(budget, Stage.APPROVED)
    return budget


def adjust(*, by: Actor, source: BudgetLine, target: BudgetLine, amount: Decimal, document: str, reason: str) -> None:
    """Move money from one line of a budget to another (调剂). Raises ValidationError; nothing is made or lost."""
    demand(by, Permission.BUDGET_DECIDE, on=source)
    if source.pk == target.pk or source.budget_id != target.budget_id:
        raise ValidationError(_("Choose two lines of the same budget."))
    if amount <= 0:
        raise ValidationError({"amount": _("Move more than zero yuan.")})
    with audit.action("budget.adjusted", by=by, on=source, to=target.name, amount=amount, document=document):
        first, second = sorted((source.pk, target.pk))  # one order for all, so that two at once cannot lock each other
        held = {first: moves.locked(first), second: moves.locked(second)}
        moves.in_force(held[source.pk])
        moves.enough(held[source.pk], amount)
        why = moves.Why(document=document, reason=reason)
        moves.move(held[source.pk], MoveKind.ADJUST, -amount, by, why)
        moves.move(held[target.pk], MoveKind.ADJUST, amount, by, why)


def close(*, by: Actor, budget: Budget) -> Budget:
    """End the year (决算): nothing may be open, nothing can be asked for afterwards."""
    demand(by, Permission.BUDGET_DECIDE, on=budget)
    with audit.action("budget.closed", by=by, on=budget, year=budget.year):
        _at(budget, Stage.APPROVED)
        waiting = budget.lines.filter(expenses__state__in=OPEN).values_list("expenses__number", flat=True)
        if waiting:
            names = {"names": "、".join(list(waiting)[:5])}
            raise ValidationError(_("These requests to spend are still open: %(names)s."), params=names)
        _turn(budget, Stage.CLOSED)
    return budget


def _at(budget: Budget, stage: Stage) -> None:
    """Lock the budget and be sure that it stands at `stage`."""
    budget.stage = Budget.objects.select_for_update().values_list("stage", flat=True).get(pk=budget.pk)
    if budget.stage != stage:
        raise ValidationError(
            _("This is done while a budget stands at “%(wanted)s”; it stands at “%(now)s”."),
            params={"wanted": stage.label, "now": Stage(budget.stage).label},
        )


def _turn(budget: Budget, stage: Stage) -> None:
    if NEXT[Stage(budget.stage)] != stage:
        raise ValueError(f"no way from {budget.stage} to {stage}")
    budget.stage = stage
    budget.save(update_fields=["stage", "document", "approved_on"])


def _fill(budget: Budget, field: str, amounts: Mapping[int, Decimal]) -> None:
    lines = {line.pk: line for line in budget.lines.all()}
    if strange := set(amounts) - set(lines):
        raise ValidationError(_("Line %(id)s is not of this budget."), params={"id": min(strange)})
    for pk, amount in amounts.items():
        setattr(lines[pk], field, amount)
    try:
        BudgetLine.objects.bulk_update([lines[pk] for pk in amounts], [field])
    except IntegrityError as error:
        raise ValidationError(_("A budget figure is zero yuan or more.")) from error


def _asked(budget: Budget) -> list[rules.Asked]:
    return [rules.Asked(line.name, line.kind, line.ceiling, line.refined) for line in budget.lines.all()]
