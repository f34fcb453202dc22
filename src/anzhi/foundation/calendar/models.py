"""Years as announced, and the days their notices name. National: no region, no row-level security."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Year(models.Model):
    """A year whose holidays are announced. A year without a row is provisional."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("year",)

    def __str__(self) -> str:
        return str(self.year)


class Day(models.Model):
    """A day that a notice names: a holiday, or a weekend day worked in exchange (调休)."""

    date = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("date",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(working=False) | models.Q(date__iso_week_day__gte=6),
                name="day_worked_in_exchange_is_a_weekend",
                violation_error_message=_("Only a Saturday or Sunday can be worked in exchange."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"
