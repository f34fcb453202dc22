"""Requests to spend: asked (the amount is set aside), decided by another person, told as paid by a third."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.money.formats import figure
from anzhi.foundation.parameters import clock
from anzhi.management.budgets import moves
from anzhi.management.budgets.models import BudgetLine, Expense
from anzhi.management.budgets.states import ExpenseState, MoveKind


def ask(*, by: Actor, line: BudgetLine, amount: Decimal, purpose: str, payee: str) -> Expense:
    """Ask to spend `amount` yuan; it is set aside at once. Raises ValidationError where the line has less left."""
    demand(by, Permission.EXPENSE_ASK, on=line)
    if amount <= 0:
        raise ValidationError({"amount": _("Ask for more than zero yuan.")})
    expense = Expense(
        region_code=line.region_code,
        line=line,
        amount=amount,
        purpose=purpose,
        payee=payee,
        asked_by_id=by.id or 0,  # the database knows nobody of that number
        asked_on=clock.today(),
    )
    with audit.action("expense.asked", by=by, on=expense, amount=amount, line=line.name) as facts:
        held = moves.locked(line.pk)
        moves.in_force(held)
        moves.enough(held, amount)
        expense.number = facts["number"] = _number(held)
        expense.save(force_insert=True)
        moves.move(held, MoveKind.FREEZE, amount, by, moves.Why(expense=expense))
    return expense


def agree(*, by: Actor, expense: Expense) -> Expense:
    """Let it be spent. Not by who asked."""
    demand(by, Permission.EXPENSE_DECIDE, on=expense)
    return _decide(expense, ExpenseState.APPROVED, by, "expense.agreed", "")


def refuse(*, by: Actor, expense: Expense, reason: str) -> Expense:
    """Do not let it be spent; what was set aside is free again. Not by who asked."""
    demand(by, Permission.EXPENSE_DECIDE, on=expense)
    return _decide(expense, ExpenseState.REFUSED, by, "expense.refused", reason)


def withdraw(*, by: Actor, expense: Expense, reason: str) -> Expense:
    """Take back one's own request while it is not paid."""
    demand(by, Permission.EXPENSE_ASK, on=expense)
    if expense.asked_by_id != by.id:
        raise Denied(_("Only who asked takes a request back."))
    with audit.action("expense.withdrawn", by=by, on=expense, reason=reason):
        held = _held(expense, ExpenseState.ASKED, ExpenseState.APPROVED)
        _free(held, by, reason)
        held.state, held.reason = ExpenseState.WITHDRAWN, reason
        held.save(update_fields=["state", "reason"])
    return held


def pay(*, by: Actor, expense: Expense, amount: Decimal, voucher: str) -> Expense:
    """Tell that it was paid, in full or less, by a voucher; what is left over is free again. Moves no money."""
    demand(by, Permission.EXPENSE_PAY, on=expense)
    if by.id in (expense.asked_by_id, expense.decided_by_id):
        raise Denied(_("Who asked or decided does not pay."))
    with audit.action("expense.paid", by=by, on=expense, amount=amount, voucher=voucher):
        held = _held(expense, ExpenseState.APPROVED)
        if not 0 < amount <= held.amount:
            most = {"most": figure(held.amount)}
            raise ValidationError({"amount": _("Between one fen and the %(most)s yuan agreed to.") % most})
        _free(held, by, "")
        moves.move(held.line, MoveKind.SPEND, amount, by, moves.Why(document=voucher, expense=held))
        held.state, held.paid, held.paid_on, held.voucher = ExpenseState.PAID, amount, clock.today(), voucher
        held.save(update_fields=["state", "paid", "paid_on", "voucher"])
    return held


def _decide(expense: Expense, state: ExpenseState, by: Actor, event: str, reason: str) -> Expense:
    if expense.asked_by_id == by.id:
        raise Denied(_("Who asked does not decide."))
    with audit.action(event, by=by, on=expense, amount=expense.amount, reason=reason):
        held = _held(expense, ExpenseState.ASKED)
        if state == ExpenseState.REFUSED:
            _free(held, by, reason)
        held.state, held.reason = state, reason
        held.decided_by_id, held.decided_on = by.id, clock.today()
        held.save(update_fields=["state", "reason", "decided_by", "decided_on"])
    return held


def _held(expense: Expense, *states: ExpenseState) -> Expense:
    """The request as it is now, with its line, locked; ValidationError where it stands elsewhere."""
    line = moves.locked(expense.line_id)
    held = Expense.objects.select_for_update(of=("self",)).get(pk=expense.pk)
    held.line = line
    if held.state not in states:
        now = {"now": held.get_state_display()}
        raise ValidationError(_("This request stands at “%(now)s” already."), params=now)
    return held


def _free(expense: Expense, by: Actor, reason: str) -> None:
    moves.move(expense.line, MoveKind.RELEASE, expense.amount, by, moves.Why(reason=reason, expense=expense))


def _number(line: BudgetLine) -> str:
    """The next number of the line's budget, which is held: no two requests take the same."""
    budget = line.budget
    taken = Expense.objects.filter(line__budget=budget).count()
    return f"{budget.year}-{budget.agency_id:03d}-{taken + 1:04d}"
