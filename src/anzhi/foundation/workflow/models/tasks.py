"""Tasks: who must act. A seat is a person, or a role at an office that any of its holders may fill."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionCodeField, RegionScoped
from anzhi.foundation.workflow.states import TaskKind, TaskState


class Task(RegionScoped):
    """`region_code` is the case's, `desk_region` the office's where it lies; either may see it.

    `why` keeps the rule that brought it: to this person, with this deadline, at this step.
    """

    case = models.ForeignKey("workflow.Case", models.PROTECT, related_name="tasks")
    visit = models.ForeignKey("workflow.Visit", models.PROTECT, related_name="tasks")
    step = models.CharField(max_length=120)
    step_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=TaskKind, default=TaskKind.DO)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    position = models.PositiveSmallIntegerField(default=0)
    desk_region = RegionCodeField()
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    assignee = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    queued = models.BooleanField(default=False)
    bulk = models.BooleanField(default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="asked")
    side = models.CharField(max_length=6, blank=True)
    came_from = models.CharField(max_length=120, blank=True)
    why = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.CharField(max_length=120, blank=True)
    urged_at = models.DateTimeField(null=True)
    urges = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=80, blank=True)
    opinion = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)
    doer_id = models.BigIntegerField(null=True)
    behalf_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(F("assignee"), F("due_at"), name="task_of_person", condition=Q(state="open")),
            models.Index(
                F("agency"),
                F("role"),
                F("due_at"),
                name="task_of_role",
                condition=Q(state="open", assignee=None, queued=False),
            ),
            models.Index(fields=["visit", "state"], name="task_of_visit"),
            models.Index(fields=["case", "state"], name="task_of_case"),
            models.Index(fields=["desk_region"], name="task_queue", condition=Q(state="open", queued=True)),
            models.Index(fields=["doer_id", "-done_at"], name="task_done_by", condition=Q(state="done")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(queued=True) | Q(assignee__isnull=False) | (Q(agency__isnull=False) & ~Q(role="")),
                name="task_is_somebody_s",
                violation_error_message=_("A task belongs to a person, a role at an office, or the queue."),
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done") & Q(done_at=None),
                name="task_done_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_name} #{self.pk}"


class Vote(RegionScoped):
    """A vote of one round. Rows are only added: a new round has its own."""

    case = models.ForeignKey("workflow.Case", models.PROTECT, related_name="votes")
    visit = models.ForeignKey("workflow.Visit", models.PROTECT, related_name="votes")
    task = models.OneToOneField(Task, models.PROTECT, related_name="vote")
    voter_id = models.BigIntegerField()
    voter_label = models.CharField(max_length=120)
    behalf_id = models.BigIntegerField(null=True)
    choice = models.CharField(max_length=80)
    opinion = models.TextField(blank=True)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "voter_id"],
                name="vote_once_a_round",
                violation_error_message=_("You have already voted in this round."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.voter_label} {self.choice}"
