"""What moved in an account on a day, kept beside the rows so that no page sums millions."""

from django.db import models

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.money.field import MoneyField


class AccountDay(RegionScoped):
    """Booked sums of one account and day; rewritten in the transaction that stores its rows."""

    account = models.ForeignKey(
        "funds.SupervisedAccount", models.PROTECT, related_name="days", db_index=False, db_constraint=False
    )
    day = models.DateField()
    money_in = MoneyField(default=0)
    rows_in = models.IntegerField(default=0)
    money_out = MoneyField(default=0)
    rows_out = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="account_day_once")]
        indexes = [models.Index(fields=["region_code", "day"], name="account_day_region")]
