"""Budgets of offices, their lines, what moved on them, requests to spend. Money in yuan (fen in the database)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.money.field import MoneyField
from anzhi.management.budgets.states import ExpenseState, LineKind, MoveKind, Stage

ZERO = Decimal(0)


class Budget(RegionScoped):
    """The year's budget of one office (机关经费预算)."""

    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PROPOSAL)
    document = models.CharField(max_length=60, blank=True)
    approved_on = models.DateField(null=True)

    class Meta:
        ordering = ("-year", "region_code")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="budget_one_a_year",
                violation_error_message=_("This office has a budget for that year already."),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.APPROVED, Stage.CLOSED]) | ~Q(document="") & Q(approved_on__isnull=False),
                name="budget_in_force_by_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.year}"


class BudgetLine(RegionScoped):
    """One purpose of a budget. `approved`, `adjusted`, `frozen`, `spent` are sums of its movements.

    The database keeps the sums (a trigger on the movements) and refuses `available` below zero; the
    application's role cannot write them.
    """

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="budget_lines"
    )
    kind = models.CharField(max_length=8, choices=LineKind.choices)
    name = models.CharField(max_length=60)
    is_watched = models.BooleanField(default=False)  # 三公经费
    basis = models.CharField(max_length=200, blank=True)
    proposed = MoneyField(default=ZERO)
    ceiling = MoneyField(null=True, blank=True)
    refined = MoneyField(null=True, blank=True)
    approved = MoneyField(default=ZERO, editable=False)
    adjusted = MoneyField(default=ZERO, editable=False)
    frozen = MoneyField(default=ZERO, editable=False)
    spent = MoneyField(default=ZERO, editable=False)
    available = models.GeneratedField(
        expression=F("approved") + F("adjusted") - F("frozen") - F("spent"),
        output_field=MoneyField(),
        db_persist=True,
    )

    class Meta:
        ordering = ("budget", "kind", "id")
        indexes = [models.Index(fields=["budget", "kind"], name="budgetline_of_budget")]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "name"],
                name="budgetline_name_once",
                violation_error_message=_("This budget has a line of that name already."),
            ),
            models.CheckConstraint(condition=Q(available__gte=0), name="budgetline_never_below_zero"),
            models.CheckConstraint(condition=Q(frozen__gte=0, spent__gte=0), name="budgetline_sums_not_negative"),
            models.CheckConstraint(
                condition=Q(proposed__gte=0)
                & (Q(ceiling=None) | Q(ceiling__gte=0))
                & (Q(refined=None) | Q(refined__gte=0)),
                name="budgetline_figures_not_negative",
                violation_error_message=_("A budget figure is zero yuan or more."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Expense(RegionScoped):
    """A request to spend from a line (用款申请). Its amount is set aside from asking to the end."""

    number = models.CharField(max_length=30, unique=True)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="expenses")
    purpose = models.CharField(max_length=120)
    payee = models.CharField(max_length=80)
    amount = MoneyField()
    state = models.CharField(max_length=10, choices=ExpenseState.choices, default=ExpenseState.ASKED)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_on = models.DateField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    paid = MoneyField(null=True)
    paid_on = models.DateField(null=True)
    voucher = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-asked_on", "-id")
        indexes = [
            models.Index(fields=["region_code", "-asked_on"], name="expense_of_area"),
            models.Index(fields=["region_code"], condition=Q(state__in=["asked", "approved"]), name="expense_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="expense_positive",
                violation_error_message=_("Ask for more than zero yuan."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="expense_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid__gt=0, paid__lte=F("amount"), paid_on__isnull=False),
                name="expense_paid_within_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BudgetMove(RegionScoped):
    """One movement on a line; never changed, never removed. `adjust` may be negative, the others are positive."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=8, choices=MoveKind.choices)
    amount = MoneyField()
    on = models.DateField()
    document = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    expense = models.ForeignKey(Expense, models.PROTECT, null=True, related_name="moves")
    by_label = models.CharField(max_length=120)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="adjust") & ~Q(amount=0) | ~Q(kind="adjust") & Q(amount__gt=0),
                name="budgetmove_signed_right",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
