"""The lists: annual plans, reports that wait."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.web import places
from anzhi.foundation.web.columns import Date, Figure, Link, Money, State, Text
from anzhi.foundation.web.filters import Choice, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.management.annual import queries, rules
from anzhi.management.annual.states import PlanState, TaskType

PLANS = {"draft": "wait", "in_force": "done", "superseded": "", "discarded": ""}
REPORTS = {"reported": "wait", "confirmed": "done", "returned": "bad"}


def people_rate(row: Any) -> Decimal | None:
    """Completion of people, per cent."""
    return rules.rate(row.people_done, row.people)


def money_rate(row: Any) -> Decimal | None:
    """Completion of investment, per cent."""
    return rules.rate(row.invested, row.investment)


class PlanTable(Table):
    """Plans by year and county; people and money never in one rate."""

    order = "-year"
    project = Link(_("Project"), "project.name", url="annual:plan", note="document")
    year = Text(_("Year"), lambda row: str(row.year), sort="year", phone="more")
    area = Text(_("Area"), lambda row: places.name_of(row.region_code), phone="note")
    version = Figure(_("Edition"), phone="more")
    people = Figure(_("People planned"), total=True, sort="people", phone="more")
    people_done = Figure(_("People moved"), total=True, sort="people_done", phone="more")
    people_rate = Figure(_("People, %"), people_rate, decimals=1, phone="more")
    investment = Money(_("Investment planned"), total=True, sort="investment", phone="more")
    invested = Money(_("Investment done"), total=True, sort="invested")
    money_rate = Figure(_("Investment, %"), money_rate, decimals=1, phone="more")
    state = State(_("State"), kinds=PLANS)


class PlanFilters(Filters):
    """By year, state, area."""

    year = Choice(_("Year"), choices=queries.years)
    state = Choice(_("State"), choices=PlanState.choices)
    area = Region(_("Area"), "region_code")
    q = Search(_("Project or document"), lookups=("project__name__icontains", "document__icontains"))


class ReportTable(Table):
    """What the supervision unit has to confirm."""

    order = "-reported_on"
    task = Link(_("Task"), "task.content", url="annual:task", key="task_id", note="task.project.name")
    month = Text(_("Month"), lambda row: f"{row.task.year}-{row.month:02}", phone="note")
    quantity = Figure(_("Done in the month"), phone="more")
    unit = Text(_("Unit of measure"), "task.unit", phone="more")
    invested = Money(_("Invested in the month"), total=True, sort="invested")
    reported_by = Text(_("Reported by"), "reported_by.name", phone="more")
    reported_on = Date(_("Told on"), sort="reported_on", phone="more")


class ReportFilters(Filters):
    """By kind and area."""

    type = Choice(_("Kind of task"), "task__type", choices=TaskType.choices)
    area = Region(_("Area"), "region_code")
    q = Search(_("Task or project"), lookups=("task__content__icontains", "task__project__name__icontains"))
