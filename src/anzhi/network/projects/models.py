"""Projects, the counties they touch, their milestones. An unknown fact is NULL (待核实), never zero."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionCodeField, RegionScoped
from anzhi.foundation.money.field import MoneyField
from anzhi.network.projects.states import Basin, Build, Kind, Regime, Role, Stage, Step


class Numbering(models.Model):
    """The last number given under a prefix (`53-H-JS-`, `53-H-JS-0011-S`): the province's, so without a region."""

    prefix = models.CharField(max_length=24, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}{self.last:04}"


class Project(RegionScoped):
    """A dam or reservoir (水利水电工程). `region_code` is the county of its works; others are `counties`."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=16, choices=Kind)
    regime = models.CharField(max_length=12, choices=Regime)
    river = models.CharField(max_length=40, blank=True)
    basin = models.CharField(max_length=2, choices=Basin, blank=True)
    point = models.PointField(srid=4326, null=True)
    point_3857 = models.GeneratedField(
        expression=Transform("point", 3857), output_field=models.PointField(srid=3857, null=True), db_persist=True
    )
    point_reason = models.CharField(max_length=200, blank=True)
    point_outside_m = models.PositiveIntegerField(null=True)
    installed_mw = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    dead_level_m = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    normal_level_m = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    check_level_m = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    build = models.CharField(max_length=12, choices=Build)
    suspended = models.BooleanField(default=False)
    stage = models.CharField(max_length=3, choices=Stage, blank=True)
    in_service_year = models.PositiveSmallIntegerField(null=True)
    owner_org = models.CharField(max_length=80, blank=True)
    competent_dept = models.CharField(max_length=80, blank=True)
    supervisor_org = models.CharField(max_length=80, blank=True)
    plan_households = models.PositiveIntegerField(null=True)
    plan_people = models.PositiveIntegerField(null=True)
    plan_people_whole = models.PositiveIntegerField(null=True)
    plan_production = models.PositiveIntegerField(null=True)
    plan_production_whole = models.PositiveIntegerField(null=True)
    plan_investment = MoneyField(null=True)
    moved_households = models.PositiveIntegerField(null=True)
    moved_people = models.PositiveIntegerField(null=True)
    done_production = models.PositiveIntegerField(null=True)
    paid_investment = MoneyField(null=True)
    done_as_of = models.DateField(null=True)
    reported_people = models.PositiveIntegerField(null=True)
    basis = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("code",)
        indexes = [GistIndex(fields=["point_3857"], name="project_point_3857")]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "name"],
                name="project_name_in_county",
                violation_error_message=_("This county already has a project of this name."),
            ),
            models.CheckConstraint(
                condition=Q(installed_mw=None) | Q(installed_mw__gte=0),
                name="project_capacity",
                violation_error_message=_("Installed capacity is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(dead_level_m=None) | Q(normal_level_m=None) | Q(dead_level_m__lt=F("normal_level_m")),
                name="project_dead_below_normal",
                violation_error_message=_("The dead level lies below the normal level."),
            ),
            models.CheckConstraint(
                condition=Q(check_level_m=None) | Q(normal_level_m=None) | Q(normal_level_m__lte=F("check_level_m")),
                name="project_normal_below_check",
                violation_error_message=_("The normal level is not above the check flood level."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectRegion(models.Model):
    """A county a project touches, with its role. Public: no row security (`access.exemptions`).

    Through it a project is *read* by every county it touches, and by those above them; only the county of
    the works and those above it write (policy `shared_rows` of the migration).
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="counties")
    region_code = RegionCodeField(db_index=True)
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        ordering = ("region_code", "role")
        constraints = [
            models.UniqueConstraint(fields=["project", "region_code", "role"], name="project_region_role"),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.role}"


class Milestone(RegionScoped):
    """A dated step with the number of its document. Kept in the region of the project, read where that is read."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    step = models.CharField(max_length=24, choices=Step)
    on = models.DateField()
    document = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("on", "id")
        constraints = [models.UniqueConstraint(fields=["project", "step"], name="milestone_once")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.on}"
