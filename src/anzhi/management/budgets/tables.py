"""The lists: budgets, requests to spend."""

from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.web import places
from anzhi.foundation.web.columns import Date, Figure, Link, Money, State, Text
from anzhi.foundation.web.filters import AmountRange, Ask, Choice, DateRange, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.management.budgets import queries, rules
from anzhi.management.budgets.models import Budget
from anzhi.management.budgets.states import OPEN, ExpenseState, Stage

STAGES = {"proposal": "", "ceiling": "run", "refined": "wait", "approved": "done", "closed": ""}
DECIDED = {"asked": "wait", "approved": "run", "refused": "bad", "withdrawn": "", "paid": "done"}


def rate(row: Budget) -> Decimal | None:
    """Per cent of the budget in force that was spent."""
    sums: Any = row  # the query's own columns
    return rules.rate(sums.sum_spent, sums.sum_approved, sums.sum_adjusted)


class BudgetTable(Table):
    """Offices by year."""

    order = "-year"
    office = Link(_("Office"), "agency.short_name", url="budgets:budget", note="document")
    in_force = Money(_("Budget in force"), total=True, sort="in_force")
    year = Text(_("Year"), lambda row: str(row.year), sort="year", phone="more")
    area = Text(_("Area"), lambda row: places.name_of(row.region_code), phone="more")
    sum_frozen = Money(_("Set aside"), total=True, sort="sum_frozen", phone="more")
    sum_spent = Money(_("Spent"), total=True, sort="sum_spent", phone="more")
    sum_available = Money(_("Left"), total=True, sort="sum_available", phone="more")
    rate = Figure(_("Spent, %"), rate, decimals=1, phone="more")
    stage = State(_("Stage"), kinds=STAGES)


class BudgetFilters(Filters):
    """By year, stage, area."""

    year = Choice(_("Year"), choices=queries.years)
    stage = Choice(_("Stage"), choices=Stage.choices)
    area = Region(_("Area"), "region_code")
    q = Search(_("Office or document"), lookups=("agency__short_name__icontains", "document__icontains"))


class ExpenseTable(Table):
    """Requests to spend."""

    order = "-asked_on"
    number = Link(_("Request"), "purpose", url="budgets:expense", note="number")
    amount = Money(_("Amount"), total=True, sort="amount")
    line = Text(_("Budget line"), "line.name", note="line.budget.agency.short_name", phone="more")
    payee = Text(_("Payee"), phone="note")
    asked_by = Text(_("Asked by"), "asked_by.name", phone="more")
    asked_on = Date(_("Asked on"), sort="asked_on", phone="more")
    paid = Money(_("Paid"), total=True, phone="more")
    state = State(_("State"), kinds=DECIDED)


class ExpenseFilters(Filters):
    """What waits first."""

    ask = Ask(
        _("Question"),
        ask={
            "waiting": (_("Waiting for a decision"), Q(state=ExpenseState.ASKED)),
            "open": (_("Money set aside"), Q(state__in=OPEN)),
        },
    )
    state = Choice(_("State"), choices=ExpenseState.choices)
    area = Region(_("Area"), "region_code")
    asked_on = DateRange(_("Asked on"))
    amount = AmountRange(_("Amount"))
    q = Search(_("Purpose, payee or number"), lookups=("purpose__icontains", "payee__icontains", "number__icontains"))
