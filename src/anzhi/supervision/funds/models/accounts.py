"""Banks and the accounts under supervision (domain: 监管账户)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.money.field import MoneyField
from anzhi.management.plans.states import River
from anzhi.supervision.funds.states import AccountStatus, Link, Nature


class Bank(models.Model):
    """One of the banks that hold supervised accounts. Reference data: see `data/banks.csv`."""

    code = models.SlugField(primary_key=True, max_length=12)
    name = models.CharField(max_length=40, unique=True)
    short_name = models.CharField(max_length=12)
    mapping = models.SlugField(max_length=20, blank=True, help_text=_("The sheet mapping of its exports."))
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class SupervisedAccount(RegionScoped):
    """A special account of a resettlement office. The number itself is kept encrypted and shown masked."""

    bank = models.ForeignKey(Bank, models.PROTECT, related_name="accounts")
    branch = models.CharField(max_length=80)
    cnaps = models.CharField(max_length=12, blank=True)
    number_sealed = models.BinaryField()
    number_index = models.BinaryField()
    number_mask = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    nature = models.CharField(max_length=12, choices=Nature)
    rivers = ArrayField(models.CharField(max_length=12, choices=River))
    upper = models.ForeignKey("self", models.PROTECT, null=True, related_name="lower_accounts")
    opened_on = models.DateField()
    filed_on = models.DateField(null=True)
    filed_by = models.CharField(max_length=120, blank=True)
    filed_by_id = models.BigIntegerField(null=True)
    approved_on = models.DateField(null=True)
    approved_by = models.CharField(max_length=120, blank=True)
    approved_by_id = models.BigIntegerField(null=True)
    closed_on = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=AccountStatus, default=AccountStatus.FILED)
    link = models.CharField(max_length=8, choices=Link, default=Link.FILE)
    authorised_until = models.DateField(null=True)
    balance = MoneyField(null=True)
    balance_at = models.DateField(null=True)
    covered_until = models.DateField(null=True)
    updated_at = models.DateTimeField(null=True)
    broken_chains = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("region_code", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "number_index"],
                name="account_number_in_bank",
                violation_error_message=_("This bank already has an account with this number."),
            ),
            models.CheckConstraint(
                condition=models.Q(rivers__len__gt=0),
                name="account_has_river",
                violation_error_message=_("Name at least one type of fund."),
            ),
            models.CheckConstraint(
                condition=models.Q(status="closed", closed_on__isnull=False)
                | (~models.Q(status="closed") & models.Q(closed_on=None)),
                name="account_closed_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(status="filed", approved_on=None)
                | (~models.Q(status="filed") & models.Q(approved_on__isnull=False)),
                name="account_in_use_is_confirmed",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by_id=None) | ~models.Q(approved_by_id=models.F("filed_by_id")),
                name="account_confirmed_by_another",
                violation_error_message=_("Another person must confirm the account you filed."),
            ),
        ]
        indexes = [models.Index(fields=["number_index"], name="account_number")]

    def __str__(self) -> str:
        return f"{self.name} {self.number_mask}"

    @property
    def filer(self) -> str:
        """Who filed it, in words; older accounts were taken over by the system."""
        return str(_("the system")) if self.filed_by_id is None else self.filed_by

    @property
    def funds(self) -> list[str]:
        """The rivers of money in words."""
        return [str(River(code).label) for code in self.rivers]

    @property
    def held_at(self) -> str:
        """Bank and branch, the bank's name once."""
        return self.branch if self.branch.startswith(self.bank.name) else f"{self.bank.name} {self.branch}"

    @property
    def mixed(self) -> bool:
        """Whether more than one river of money flows through it, against the rule of separate accounts."""
        return len(self.rivers) > 1
