"""Resettlement sites. Their region is the village (or a tier above it where the village is not known)."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped
from anzhi.network.sites.states import Kind, Risk, State


class ResettlementSite(RegionScoped):
    """A place built for resettlers (移民安置点). Households moved are as reported on a day, until they are counted."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="+")
    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=80)
    point = models.PointField(srid=4326)
    point_3857 = models.GeneratedField(
        expression=Transform("point", 3857), output_field=models.PointField(srid=3857), db_persist=True
    )
    point_reason = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    competent_dept = models.CharField(max_length=80)
    owner_unit = models.CharField(max_length=80)
    plan_households = models.PositiveIntegerField()
    plan_people = models.PositiveIntegerField()
    moved_households = models.PositiveIntegerField(default=0)
    moved_people = models.PositiveIntegerField(default=0)
    reported_on = models.DateField(null=True)
    land_mu = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    infrastructure = models.JSONField(default=dict)
    assessed_on = models.DateField(null=True)
    eia_number = models.CharField(max_length=60, blank=True)
    risks = ArrayField(models.CharField(max_length=12, choices=Risk), default=list, blank=True)
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    transferred = models.BooleanField(default=False)
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)
        indexes = [
            GistIndex(fields=["point_3857"], name="site_point_3857"),
            models.Index(fields=["project", "code"], name="site_project"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(competent_dept="") & ~Q(owner_unit=""),
                name="site_has_units",
                violation_error_message=_("State the competent department and the owner unit."),
            ),
            models.CheckConstraint(
                condition=Q(finished_on=None) | Q(started_on=None) | Q(finished_on__gte=F("started_on")),
                name="site_finished_after_start",
                violation_error_message=_("It was not finished before it was begun."),
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_on__isnull=False),
                name="site_accepted_has_day",
                violation_error_message=_("State the day of acceptance."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
