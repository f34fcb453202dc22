"""Definitions: the drawing as it came, and the steps compiled from it. National: no region, no row-level security."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.workflow.rules import plan as plans
from anzhi.foundation.workflow.states import Edition


class Definition(models.Model):
    """One edition. Its drawing is stored byte by byte and does not change once it left the draft (migration 0001)."""

    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    xml = models.TextField()
    sha256 = models.CharField(max_length=64)
    head = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=Edition, default=Edition.DRAFT)
    note = models.CharField(max_length=300, blank=True)
    holes = models.JSONField(default=list)
    drafted_at = models.DateTimeField(db_default=Now())
    drafted_by = models.CharField(max_length=120)
    drafter_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=120, blank=True)
    publisher_id = models.BigIntegerField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("key", "-version")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="definition_version_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="published"), name="definition_one_published_per_key"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(publisher_id=F("drafter_id")),
                name="definition_published_by_another",
                violation_error_message=_("Another person must publish what you drafted."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "review"), published_at=None)
                | Q(state__in=("published", "retired"), published_at__isnull=False),
                name="definition_published_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Step(models.Model):
    """A node of a definition, compiled. `told` is everything it says (`rules.plan.Node`)."""

    definition = models.ForeignKey(Definition, models.CASCADE, related_name="steps")
    code = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in plans.Kind])
    name = models.CharField(max_length=200)
    told = models.JSONField()

    class Meta:
        ordering = ("definition", "position")
        constraints = [models.UniqueConstraint(fields=["definition", "code"], name="step_code_once")]

    def __str__(self) -> str:
        return self.name or self.code


class Route(models.Model):
    """A way from one node to another."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="routes")
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=80)
    name = models.CharField(max_length=200, blank=True)
    to = models.CharField(max_length=120)
    when = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("step", "position")
        constraints = [models.UniqueConstraint(fields=["step", "outcome"], name="route_outcome_once")]

    def __str__(self) -> str:
        return f"{self.outcome} → {self.to}"
