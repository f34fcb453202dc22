"""Rule versions, alerts, their changes of level, and what people did about them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.money.field import MoneyField
from anzhi.supervision.alerts.states import OPEN, Act, Level, State
from anzhi.supervision.alerts.types.catalogue import TYPES


class RuleVersion(models.Model):
    """A version of a type's rule: the limits it was published with, never changed after. One is live, one a draft.

    No row-level security: rules are the same for the whole province.
    """

    type = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    limits = models.JSONField()
    valid_from = models.DateField()
    drafted_by = models.CharField(max_length=120)
    drafted_by_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=120, blank=True)
    published_by_id = models.BigIntegerField(null=True)
    live = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("type", "-number")
        constraints = [
            models.UniqueConstraint(fields=["type", "number"], name="rule_version_number"),
            models.UniqueConstraint(fields=["type"], condition=Q(live=True), name="rule_one_live_version"),
            models.UniqueConstraint(
                fields=["type"],
                condition=Q(published_at=None),
                name="rule_one_draft",
                violation_error_message=_("There is a draft already."),
            ),
            models.CheckConstraint(
                condition=Q(published_by_id=None) | ~Q(published_by_id=F("drafted_by_id")),
                name="rule_published_by_another",
                violation_error_message=_("Another person must publish what you drafted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{TYPES[self.type].label} v{self.number}"


class Alert(RegionScoped):
    """One episode of one subject under one rule type. `level` may rise and fall; history is kept.

    `fen`-like facts are stored in `facts` as the rule gave them, `limits` as they were that day.
    """

    number = models.CharField(max_length=24, unique=True)
    type = models.CharField(max_length=20)
    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="alerts")
    subject = models.CharField(max_length=120)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    account = models.ForeignKey("funds.SupervisedAccount", models.PROTECT, null=True, related_name="alerts")
    allocation = models.ForeignKey("plans.Allocation", models.PROTECT, null=True, related_name="alerts")
    level = models.CharField(max_length=6, choices=Level.choices)
    amount = MoneyField()
    days = models.IntegerField()
    since = models.DateField()
    facts = models.JSONField()
    limits = models.JSONField()
    raised_on = models.DateField()
    raised_at = models.DateTimeField(db_default=models.functions.Now())
    checked_on = models.DateField()
    gone_on = models.DateField(null=True)
    state = models.CharField(max_length=14, choices=State.choices, default=State.RAISED)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    is_drill = models.BooleanField(default=False)

    class Meta:
        ordering = ("-raised_on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["type", "subject"], condition=Q(closed_at=None), name="alert_one_open_episode"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, state__in=OPEN) | (Q(closed_at__isnull=False) & ~Q(state__in=OPEN)),
                name="alert_closed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "level"], condition=Q(closed_at=None), name="alert_open_region"),
            models.Index(fields=["type", "level"], name="alert_type_level"),
            models.Index(fields=["raised_on", "id"], name="alert_raised"),
            models.Index(fields=["account"], condition=Q(closed_at=None), name="alert_open_account"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def open(self) -> bool:
        """Whether the episode still runs."""
        return self.closed_at is None


class LevelChange(RegionScoped):
    """An alert that rose, fell, went away or came back, with the facts of that day."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="changes")
    on = models.DateField()
    at = models.DateTimeField(db_default=models.functions.Now())
    before = models.CharField(max_length=6, blank=True)
    after = models.CharField(max_length=6, blank=True)
    facts = models.JSONField()

    class Meta:
        ordering = ("id",)


class Action(RegionScoped):
    """What a person did about an alert, in their words."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="actions")
    act = models.CharField(max_length=14, choices=Act.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField(db_default=models.functions.Now())
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60)
    by_agency = models.CharField(max_length=80)

    class Meta:
        ordering = ("id",)
