"""Bank rows: what moved in a supervised account."""

from decimal import Decimal

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from anzhi.foundation.access.rows import RegionCodeField, RegionScoped
from anzhi.foundation.money.field import MoneyField
from anzhi.supervision.funds.states import MatchState


class Transaction(RegionScoped):
    """One entry of a statement, stored once however often and under whatever name it is delivered.

    `amount` is never negative; `credit` says on which side the money moved. The counter account is kept
    masked and as a blind index, never plain. `file` is the first file that brought the row. Account and file are
    not checked row by row: those that are named stay (ADR 0019).
    """

    region_code = RegionCodeField()
    account = models.ForeignKey(
        "funds.SupervisedAccount", models.PROTECT, related_name="transactions", db_index=False, db_constraint=False
    )
    booked = models.DateField()
    value = models.DateField(null=True)
    booked_at = models.DateTimeField(null=True)
    credit = models.BooleanField()
    amount = MoneyField()
    balance_after = MoneyField(null=True)
    bank_ref = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    counter_name = models.CharField(max_length=200, blank=True)
    counter_mask = models.CharField(max_length=40, blank=True)
    counter_index = models.BinaryField(null=True)
    counter_bank = models.CharField(max_length=120, blank=True)
    reversal = models.BooleanField(default=False)
    pending = models.BooleanField(default=False)
    conflict = models.BooleanField(default=False)
    match_state = models.CharField(max_length=16, choices=MatchState, default=MatchState.UNMATCHED)
    key = models.BinaryField()
    occurrence = models.SmallIntegerField(default=1)
    file = models.ForeignKey(
        "funds.StatementFile", models.PROTECT, related_name="transactions", db_index=False, db_constraint=False
    )
    place = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-booked", "-id")
        constraints = [
            models.UniqueConstraint(fields=["account", "booked", "key", "occurrence"], name="transaction_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="transaction_amount_positive"),
        ]
        indexes = [
            # with the region in it, a row outside the scope is passed over in the index: the policy is asked once
            models.Index(fields=["booked", "id", "region_code"], name="transaction_seek"),
            models.Index(fields=["region_code", "booked", "id"], name="transaction_region_seek"),
            BrinIndex(fields=["file"], name="transaction_file", autosummarize=True, pages_per_range=16),
            models.Index(fields=["account"], condition=Q(pending=True), name="transaction_pending"),
            models.Index(fields=["region_code", "id"], condition=Q(conflict=True), name="transaction_conflict"),
        ]

    def __str__(self) -> str:
        return f"{self.booked} {self.bank_ref or self.pk}"

    @property
    def signed(self) -> Decimal:
        """The amount with the sign of its effect on the balance."""
        return self.amount if self.credit else -self.amount


class EntryDetail(RegionScoped):
    """One of several payments inside one entry: money is summed at entry level, matched at this one."""

    transaction = models.ForeignKey(Transaction, models.PROTECT, related_name="details")
    ordinal = models.IntegerField()
    amount = MoneyField(null=True)
    credit = models.BooleanField()
    bank_ref = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    counter_name = models.CharField(max_length=200, blank=True)
    counter_mask = models.CharField(max_length=40, blank=True)
    counter_index = models.BinaryField(null=True)
    counter_bank = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("transaction", "ordinal")
        constraints = [models.UniqueConstraint(fields=["transaction", "ordinal"], name="detail_once")]
