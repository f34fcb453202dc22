"""What links a bank row to the allocation it carries out."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.money.field import MoneyField


class How(models.TextChoices):
    """How the link was found."""

    DOCUMENT = "document", _("By document number")
    AMOUNT = "amount", _("By exact amount between the two accounts")
    HAND = "hand", _("By hand")


class Match(RegionScoped):
    """So much of a bank row belongs to so much of an allocation; account and `region_code` are the row's."""

    allocation = models.ForeignKey("plans.Allocation", models.PROTECT, related_name="matches")
    transaction = models.ForeignKey("funds.Transaction", models.PROTECT, related_name="matches")
    account = models.ForeignKey("funds.SupervisedAccount", models.PROTECT, related_name="+")
    amount = MoneyField()
    how = models.CharField(max_length=10, choices=How.choices)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allocation", "transaction"], name="match_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="match_positive"),
        ]
