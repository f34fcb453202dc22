"""Annual plans (年度计划), their tasks by edition, and progress. Money in yuan (fen in the database)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.money.field import MoneyField
from anzhi.management.annual.states import PlanKind, PlanState, ReportState, TaskType

ZERO = Decimal(0)


class Quantity(models.DecimalField):
    """People, places, metres: three decimals."""

    def __init__(self, **options: object) -> None:
        options |= {"max_digits": 14, "decimal_places": 3}
        super().__init__(**options)  # type: ignore[arg-type]  # a field's own options


class AnnualPlan(RegionScoped):
    """One edition of the year's plan of a project in a county. Editions follow each other; one is in force."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="annual_plans")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=PlanKind.choices, default=PlanKind.INITIAL)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    reason = models.CharField(max_length=500, blank=True)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField()
    document = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)

    class Meta:
        ordering = ("-year", "region_code", "project", "-version")
        indexes = [models.Index(fields=["year", "region_code"], name="annualplan_year_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "region_code", "year", "version"], name="annualplan_edition_once"
            ),
            models.UniqueConstraint(
                fields=["project", "region_code", "year"],
                condition=Q(state=PlanState.IN_FORCE),
                name="annualplan_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["project", "region_code", "year"],
                condition=Q(state=PlanState.DRAFT),
                name="annualplan_one_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PlanState.IN_FORCE, PlanState.SUPERSEDED])
                | ~Q(document="") & Q(issued_on__isnull=False),
                name="annualplan_issued_by_a_document",
            ),
            models.CheckConstraint(
                condition=Q(kind=PlanKind.INITIAL, version=1)
                | Q(kind=PlanKind.ADJUSTMENT, version__gt=1) & ~Q(reason=""),
                name="annualplan_adjusted_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.name} {self.year}"


class AnnualTask(RegionScoped):
    """What is to be done for a project in a county in a year; the same through all editions."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="annual_tasks")
    year = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=10, choices=TaskType.choices)
    content = models.CharField(max_length=120)
    unit = models.CharField(max_length=12)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["project", "region_code", "year", "type", "content"],
                name="annualtask_once",
                violation_error_message=_("This task stands in the plan already."),
            )
        ]

    def __str__(self) -> str:
        return self.content


class AnnualPlanLine(RegionScoped):
    """What one edition says of a task: the year by quarters, the money, who does it and who watches."""

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="lines")
    task = models.ForeignKey(AnnualTask, models.PROTECT, related_name="lines")
    total_task = Quantity()
    done_before = Quantity(default=ZERO)
    quantity = Quantity()
    q1 = Quantity(default=ZERO)
    q2 = Quantity(default=ZERO)
    q3 = Quantity(default=ZERO)
    q4 = Quantity(default=ZERO)
    investment = MoneyField()
    source = models.CharField(max_length=60, blank=True)
    duty_unit = models.CharField(max_length=80)
    monitor_unit = models.CharField(max_length=80, blank=True)
    start = models.DateField(null=True, blank=True)
    finish = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["plan", "task"], name="annualline_task_once"),
            models.CheckConstraint(
                condition=Q(quantity=F("q1") + F("q2") + F("q3") + F("q4")),
                name="annualline_quarters_make_the_year",
                violation_error_message=_("The four quarters do not make the year."),
            ),
            models.CheckConstraint(
                condition=Q(done_before__gte=0, quantity__gte=0, q1__gte=0, q2__gte=0, q3__gte=0, q4__gte=0)
                & Q(investment__gte=0),
                name="annualline_not_negative",
                violation_error_message=_("Figures of a plan are not negative."),
            ),
            models.CheckConstraint(
                condition=Q(total_task__gte=F("done_before") + F("quantity")),
                name="annualline_within_the_whole_task",
                violation_error_message=_("Done before and planned are more than the whole task."),
            ),
            models.CheckConstraint(
                condition=Q(start=None) | Q(finish=None) | Q(finish__gte=F("start")),
                name="annualline_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.task.content


class ProgressReport(RegionScoped):
    """What was done of a task in a month. Counts once the supervision unit has confirmed it."""

    task = models.ForeignKey(AnnualTask, models.PROTECT, related_name="reports")
    month = models.PositiveSmallIntegerField()
    quantity = Quantity()
    invested = MoneyField()
    evidence = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.REPORTED)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reported_on = models.DateField()
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    judged_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("month", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "month"],
                condition=~Q(state=ReportState.RETURNED),
                name="progress_month_once",
                violation_error_message=_("This month has been reported already."),
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="progress_month_of_a_year"),
            models.CheckConstraint(
                condition=Q(quantity__gte=0, invested__gte=0),
                name="progress_not_negative",
                violation_error_message=_("Progress is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | Q(reported_by=None) | ~Q(judged_by=F("reported_by")),
                name="progress_judged_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.month}"
