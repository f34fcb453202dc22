"""Limits that run, and the spans they do not count."""

from django.db import models
from django.db.models import Q

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.workflow.states import ClockKind, SpanKind


class Clock(RegionScoped):
    """A limit of a case, or of a round at a step. `due_at` is kept so that lists and the sweep need no reckoning."""

    case = models.ForeignKey("workflow.Case", models.PROTECT, related_name="clocks")
    visit = models.ForeignKey("workflow.Visit", models.PROTECT, null=True, related_name="clocks")
    kind = models.CharField(max_length=10, choices=ClockKind)
    limit = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8, default="working")
    basis = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    mark = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="clock_next_mark", condition=Q(stopped_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(visit=None), name="clock_once_per_case"),
            models.UniqueConstraint(fields=["visit"], name="clock_once_per_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.limit}"


class Span(RegionScoped):
    """Time that does not count for a case's clocks. `days` counts the days it touches the close of."""

    case = models.ForeignKey("workflow.Case", models.PROTECT, related_name="spans")
    visit = models.ForeignKey("workflow.Visit", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=SpanKind)
    reason = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    days = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case"], name="span_that_matters", condition=Q(ended_at=None) | Q(days__gt=0))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, days=None) | Q(ended_at__isnull=False, days__isnull=False),
                name="span_ended_is_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
