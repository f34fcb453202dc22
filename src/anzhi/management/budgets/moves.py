"""The one way money moves on a line: a row, under the line's lock, with a refusal in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.money.formats import figure
from anzhi.foundation.parameters import clock
from anzhi.management.budgets.models import Budget, BudgetLine, BudgetMove, Expense
from anzhi.management.budgets.states import MoveKind, Stage


@dataclass(frozen=True)
class Why:
    """What a movement rests on: a document, a reason, a request to spend."""

    document: str = ""
    reason: str = ""
    expense: Expense | None = None


NOTHING = Why()


def locked(line_id: int) -> BudgetLine:
    """The line as it is now, held until the transaction ends; its budget is held first, by everybody."""
    budget = Budget.objects.select_for_update().get(pk=BudgetLine.objects.values("budget").get(pk=line_id)["budget"])
    line = BudgetLine.objects.select_for_update().get(pk=line_id)
    line.budget = budget
    return line


def in_force(line: BudgetLine) -> None:
    """Raise ValidationError unless the line's budget may be spent from."""
    if line.budget.stage == Stage.CLOSED:
        raise ValidationError(_("The budget of %(year)s is closed."), params={"year": line.budget.year})
    if line.budget.stage != Stage.APPROVED:
        raise ValidationError(_("The budget of %(year)s is not in force yet."), params={"year": line.budget.year})


def enough(line: BudgetLine, amount: Decimal) -> None:
    """Raise ValidationError where the line has less left than `amount` (yuan)."""
    if amount > line.available:
        raise ValidationError(
            _("“%(line)s” has %(left)s yuan left; %(asked)s yuan is %(over)s yuan too much."),
            params={
                "line": line.name,
                "left": figure(line.available),
                "asked": figure(amount),
                "over": figure(amount - line.available),
            },
        )


def move(line: BudgetLine, kind: MoveKind, amount: Decimal, by: Actor, why: Why = NOTHING) -> BudgetMove:
    """Put one movement on record; the database brings the line's sums along."""
    made = BudgetMove(
        region_code=line.region_code,
        line=line,
        kind=kind,
        amount=amount,
        on=clock.today(),
        document=why.document,
        reason=why.reason,
        expense=why.expense,
        by_label=by.label,
    )
    made.save(force_insert=True)
    return made
