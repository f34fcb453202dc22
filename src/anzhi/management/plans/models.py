"""Fund plans, their lines, and allocations from tier to tier. All money in yuan (fen in the database)."""

from decimal import Decimal

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionCodeField, RegionScoped
from anzhi.foundation.money.field import MoneyField
from anzhi.management.plans.states import RIVER, AllocationState, FundType, River, SheetKind


def flows_in(column: str) -> Case:
    """The river of a kind of fund, as the database works it out: the table `RIVER` and nothing else."""
    kinds = {river: [str(kind) for kind, into in RIVER.items() if into == river] for river in River}
    return Case(*(When(**{f"{column}__in": kinds[river]}, then=Value(str(river))) for river in River))


class PlanFile(RegionScoped):
    """A sheet that was given in: taken over whole, or refused and kept with its reasons."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=SheetKind.choices)
    rows = models.IntegerField(default=Decimal(0))
    errors = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)
    by_label = models.CharField(max_length=120)
    accepted = models.BooleanField()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=Q(accepted=True), name="planfile_accepted_once"),
            models.CheckConstraint(condition=Q(accepted=False) | Q(errors=[]), name="planfile_accepted_without_errors"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanLine(RegionScoped):
    """One line of a year's fund plan (资金计划): money of one type for one agency and purpose.

    `region_code` is the receiving agency's region.
    """

    number = models.CharField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="plan_lines")
    project_code = models.CharField(max_length=30, blank=True)
    project_name = models.CharField(max_length=80, blank=True)
    fund_type = models.CharField(max_length=20, choices=FundType.choices)
    purpose = models.CharField(max_length=60)
    amount = MoneyField()
    document = models.CharField(max_length=60)
    approved_on = models.DateField()
    file = models.ForeignKey(PlanFile, models.PROTECT, null=True, related_name="lines")

    class Meta:
        ordering = ("-year", "region_code", "number")
        indexes = [models.Index(fields=["year", "region_code"], name="planline_year_region")]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="planline_not_negative")]

    def __str__(self) -> str:
        return self.number


class Allocation(models.Model):
    """Money passed from one agency to another by a document (拨付), due by a date.

    Visible to both regions. `sent` and `arrived` follow the bank rows matched to it; nobody types them.
    """

    number = models.CharField(max_length=60, unique=True)
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, related_name="allocations")
    upstream = models.ForeignKey("self", models.PROTECT, null=True, related_name="downstream")
    from_agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="allocations_out")
    to_agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="allocations_in")
    from_region = RegionCodeField()
    to_region = RegionCodeField()
    fund_type = models.CharField(max_length=20, choices=FundType.choices)
    river = models.GeneratedField(
        expression=flows_in("fund_type"), output_field=models.CharField(max_length=12), db_persist=True
    )
    document = models.CharField(max_length=60)
    document_key = models.CharField(max_length=60)
    amount = MoneyField()
    issued_on = models.DateField()
    due_on = models.DateField()
    sent = MoneyField(default=Decimal(0))
    sent_on = models.DateField(null=True)
    arrived = MoneyField(default=Decimal(0))
    arrived_on = models.DateField(null=True)
    state = models.CharField(max_length=14, choices=AllocationState.choices, default=AllocationState.APPROVED)
    is_drill = models.BooleanField(default=False)
    file = models.ForeignKey(PlanFile, models.PROTECT, null=True, related_name="allocations")

    class Meta:
        ordering = ("-issued_on", "number")
        indexes = [
            models.Index(fields=["from_region", "due_on"], name="allocation_from"),
            models.Index(fields=["to_region", "due_on"], name="allocation_to"),
            models.Index(fields=["document_key"], name="allocation_document"),
            models.Index(fields=["due_on"], condition=~Q(state="arrived"), name="allocation_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="allocation_positive",
                violation_error_message=_("An allocation is more than zero yuan."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")),
                name="allocation_due_after_issue",
                violation_error_message=_("The due date lies before the date of issue."),
            ),
            models.CheckConstraint(condition=~Q(from_agency=F("to_agency")), name="allocation_between_two"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def region_code(self) -> str:
        """The region that must act: the sender's."""
        return self.from_region

    @property
    def missing(self) -> Decimal:
        """Yuan not arrived yet."""
        return self.amount - self.arrived
