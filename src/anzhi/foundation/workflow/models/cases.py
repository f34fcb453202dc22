"""Cases, the rounds they make at steps, and the log that outlives them all."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionCodeField, RegionScoped, ScopedQuerySet
from anzhi.foundation.workflow.states import Act, CaseState, Entry, VisitState


class Case(RegionScoped):
    """Something on its way through a definition. Keeps to the edition it began with until it is migrated."""

    definition = models.ForeignKey("workflow.Definition", models.PROTECT, related_name="cases")
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    starter = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.RUNNING)
    version = models.PositiveIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    head = models.BinaryField(default=b"")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    parent_visit = models.ForeignKey("workflow.Visit", models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["starter", "-started_at"], name="case_started_by"),
            models.Index(fields=["definition", "state"], name="case_of_definition"),
            models.Index(fields=["subject_type", "subject_id"], name="case_of_subject"),
            models.Index(fields=["parent"], name="case_children", condition=Q(parent__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "subject_type", "subject_id"],
                condition=Q(state__in=("running", "paused")) & ~Q(subject_id=""),
                name="case_one_live_per_subject",
                violation_error_message=_("A case of this kind is already under way for it."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("running", "paused"), ended_at=None)
                | Q(state__in=("approved", "rejected", "terminated"), ended_at__isnull=False),
                name="case_ended_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Visit(RegionScoped):
    """One round at one step. A fork is a visit too: it stays open until every branch has reached its join."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="visits")
    step = models.CharField(max_length=120)
    round = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.OPEN)
    outcome = models.CharField(max_length=80, blank=True)
    need = models.CharField(max_length=5, blank=True)
    jumps = models.JSONField(default=list)
    cause = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    fork = models.ForeignKey("self", models.PROTECT, null=True, related_name="branches")
    waiting = models.PositiveSmallIntegerField(default=0)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["cause"], name="visit_cause", condition=Q(cause__isnull=False)),
            models.Index(fields=["case", "step"], name="visit_passed", condition=Q(state="passed")),
            models.Index(fields=["case"], name="visit_open", condition=Q(state="open")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "round"], name="visit_round_once"),
            models.UniqueConstraint(fields=["case", "step"], condition=Q(state="open"), name="visit_open_once"),
            models.CheckConstraint(
                condition=Q(state="open", left_at=None) | Q(left_at__isnull=False) & ~Q(state="open"),
                name="visit_left_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.round}"


class Party(models.Model):
    """A region whose office takes part in a case: it may read the case wherever the case belongs."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    region_code = RegionCodeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "region_code"], name="party_once")]

    def __str__(self) -> str:
        return self.region_code


class Hand(RegionScoped):
    """Somebody had a hand in a step: what separation of duty is judged by. Rows are only added."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="hands")
    user_id = models.BigIntegerField()
    step = models.CharField(max_length=120)
    duty = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user_id", "step"], name="hand_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.step}"


class LogEntry(RegionScoped):
    """One thing that happened to a case. Chained by hash, never changed; labels and ids, no foreign keys."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="log")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=12, choices=[*Act.choices, *Entry.choices])
    step = models.CharField(max_length=120, blank=True)
    step_name = models.CharField(max_length=200, blank=True)
    round = models.PositiveIntegerField(default=0)
    task_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    actor_agency = models.CharField(max_length=80, blank=True)
    behalf_id = models.BigIntegerField(null=True)
    behalf_label = models.CharField(max_length=120, blank=True)
    opinion = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    hash = models.BinaryField()

    class Meta:
        ordering = ("case", "number")
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="log_number_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"
