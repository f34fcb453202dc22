"""Files of statements, and the statements in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.money.field import MoneyField
from anzhi.supervision.funds.states import LIVE_FILES, FileState, Source


class StatementFile(RegionScoped):
    """A file as it came, kept by hash. Its region is the smallest one that holds all accounts in it."""

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    source = models.CharField(max_length=8, choices=Source)
    mapping_wanted = models.CharField(max_length=20, default="auto")
    for_account = models.ForeignKey(
        "funds.SupervisedAccount",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The account of a sheet that does not name one."),
    )
    path = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.RECEIVED)
    kind = models.CharField(max_length=20, blank=True)
    mapping = models.CharField(max_length=20, blank=True)
    errors = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    statements = models.IntegerField(default=0)
    entries = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    pending = models.IntegerField(default=0)
    conflicts = models.IntegerField(default=0)
    credits = MoneyField(default=0)
    debits = MoneyField(default=0)
    raised = models.IntegerField(default=0)
    regions = models.JSONField(default=list)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=120)
    by_prefix = models.CharField(max_length=12, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(state__in=LIVE_FILES), name="statement_file_once"
            )
        ]
        indexes = [models.Index(fields=["state", "id"], name="statement_file_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def format(self) -> str:
        """The kind as it is written: CSV and XLSX in capitals, camt.053 not."""
        return self.kind.upper() if self.kind.isalpha() else self.kind

    @property
    def brought_by(self) -> str:
        """Who brought it, in words."""
        return str(_("the system")) if self.by_id is None else self.by_name

    @property
    def stored(self) -> bool:
        """Whether its figures count: they stand for stored rows."""
        return self.state == FileState.IMPORTED


class Statement(RegionScoped):
    """The frame of one account's entries in one file. `expected` is set where the chain of balances breaks."""

    file = models.ForeignKey(StatementFile, models.PROTECT, related_name="frames")
    account = models.ForeignKey("funds.SupervisedAccount", models.PROTECT, related_name="statements")
    ordinal = models.IntegerField()
    number = models.CharField(max_length=60, blank=True)
    sequence = models.IntegerField(null=True)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    opening = MoneyField(null=True)
    closing = MoneyField(null=True)
    entries = models.IntegerField(default=0)
    expected = MoneyField(null=True)

    class Meta:
        ordering = ("account", "from_date", "id")
        constraints = [models.UniqueConstraint(fields=["file", "ordinal"], name="statement_once_in_file")]
        indexes = [models.Index(fields=["account", "to_date"], name="statement_to_date")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.from_date}–{self.to_date}"
