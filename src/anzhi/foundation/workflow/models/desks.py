"""What lies on desks beside tasks: copies, delegations, hand-overs, interventions, receipts of acts."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionCodeField, RegionScoped
from anzhi.foundation.workflow.states import CopyKind, Remedy


class Copy(RegionScoped):
    """A case put before somebody who need not act: copies, reminders, marks of limits, alarms."""

    case = models.ForeignKey("workflow.Case", models.PROTECT, related_name="copies")
    task = models.ForeignKey("workflow.Task", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=6, choices=CopyKind)
    desk_region = RegionCodeField()
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120)
    read_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-sent_at"], name="copy_of_person"),
            models.Index(fields=["user", "kind"], name="copy_unread", condition=Q(read_at=None)),
            models.Index(fields=["case"], name="copy_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class Attachment(RegionScoped):
    """A document of a case, under the name by which the steps ask for it."""

    case = models.ForeignKey("workflow.Case", models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=80)
    file = models.OneToOneField("files.FileLink", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["case", "name"], name="attachment_of_case")]

    def __str__(self) -> str:
        return self.name


class TimeRange(Func):
    """From one moment up to another, which is not included."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Delegation(models.Model):
    """Somebody acts for somebody else for a time. Not passed on, always between people of one office: no region."""

    giver = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    taker = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, blank=True)
    deciding = models.BooleanField(default=False)
    reason = models.CharField(max_length=200)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("-ends_at", "-id")
        indexes = [models.Index(fields=["taker", "ends_at"], name="delegation_taker")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="delegation_ends_after_it_begins",
                violation_error_message=_("A delegation ends after it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("taker")),
                name="delegation_to_another",
                violation_error_message=_("Nobody acts on behalf of themselves."),
            ),
            ExclusionConstraint(
                name="delegation_one_taker_at_a_time",
                expressions=[
                    ("giver", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    (TimeRange(F("begins_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Somebody else already acts for this person at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}"


class HandOver(models.Model):
    """The open tasks of somebody who leaves, given to a colleague; can be taken back. One office: no region."""

    giver = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    taker = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    tasks = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}"


class Intervention(RegionScoped):
    """An administrator's act on a case that is stuck: one proposes, another confirms."""

    case = models.ForeignKey("workflow.Case", models.PROTECT, related_name="interventions")
    remedy = models.CharField(max_length=8, choices=Remedy)
    step = models.CharField(max_length=120, blank=True)
    task = models.ForeignKey("workflow.Task", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=120)
    proposer_id = models.BigIntegerField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, blank=True)
    settler_id = models.BigIntegerField(null=True)
    confirmed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(settled_at=None),
                name="intervention_one_open_per_case",
                violation_error_message=_("Another intervention waits for confirmation."),
            ),
            models.CheckConstraint(
                condition=Q(settler_id=None) | Q(confirmed=False) | ~Q(settler_id=F("proposer_id")),
                name="intervention_by_two",
                violation_error_message=_("Another person must confirm what you proposed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remedy} {self.case_id}"


class Receipt(models.Model):
    """An act that was done, under the key its page sent: the same press of a button twice is one act."""

    actor_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    digest = models.BinaryField()
    answer = models.JSONField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["at"], name="receipt_at")]
        constraints = [models.UniqueConstraint(fields=["actor_id", "key"], name="receipt_once")]

    def __str__(self) -> str:
        return self.key
