"""Dated values. A value is never overwritten: it ends the day before the next begins."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Tag(models.TextChoices):
    """How sure a value is (the marks of the domain specification)."""

    ARTICLE = "ART", _("Stated publicly")
    LAW = "LAW", _("Text of the law")
    SOURCE = "SRC", _("Another source, read")
    KNOWN = "K", _("Known practice, to be checked")
    ASSUMED = "A", _("Our assumption, to be decided by the province")


class Period(Func):
    """The days from valid_from to valid_to, both included; without an end, for ever."""

    function = "daterange"
    output_field = DateRangeField()


class RuleParameter(models.Model):
    """A value of a parameter for a region and kind, from one day to another.

    National and regional defaults are read by everybody: no row-level security (`docs/apps/parameters.md`).
    """

    code = models.CharField(max_length=60, validators=[RegexValidator(r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")])
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    key = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=12, blank=True, db_collation="C", validators=[RegexValidator(r"^\d*$")])
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    text = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    tag = models.CharField(max_length=3, choices=Tag.choices)
    legal_basis = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    set_by_id = models.BigIntegerField(null=True, blank=True)
    set_by = models.CharField(max_length=120)
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("code", "scope", "key", "valid_from")
        constraints = [
            ExclusionConstraint(
                name="parameter_one_value_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    ("scope", RangeOperators.EQUAL),
                    (
                        Period(F("valid_from"), F("valid_to"), RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another value holds on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(value=None) ^ Q(text=Value("")),
                name="parameter_number_or_text",
                violation_error_message=_("A parameter is either a number or a text."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="parameter_period_forward",
                violation_error_message=_("A value ends no earlier than it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.name if (get_language() or "zh").startswith("zh") else self.name_en

    @property
    def holds(self) -> str:
        """The value as people write it: no needless zeros."""
        return self.text if self.value is None else f"{self.value.normalize():f}"

    @property
    def figure(self) -> str:
        """The value with thousands apart, for the eye."""
        return self.text if self.value is None else f"{self.value.normalize():,f}"
