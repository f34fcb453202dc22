"""Administrative regions and their boundaries. Readable by all: a region's name is no secret."""

from datetime import date
from typing import Self

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionCodeField


class Level(models.TextChoices):
    """Tiers of the code: 2, 4, 6, 9 and 12 significant digits."""

    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County")
    TOWN = "town", _("Town")
    VILLAGE = "village", _("Village")


class ValidQuerySet(models.QuerySet):
    """Rows with `valid_from` and `valid_to`, both days included; no date is no bound."""

    def valid(self, on: date | None = None) -> Self:
        """Those in force on a day; without a day, those never closed."""
        if on is None:
            return self.filter(valid_to=None)
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on),
            Q(valid_to=None) | Q(valid_to__gte=on),
        )


def forward(name: str) -> models.CheckConstraint:
    """Nothing ends before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
        name=name,
        violation_error_message=_("What holds for a time ends no earlier than it begins."),
    )


class Region(models.Model):
    """A unit with its 12-digit code (GB/T 2260 and the statistical codes), valid for a time.

    Closed units stay, with their successor: ask `.valid()` for today's.
    """

    code = RegionCodeField(primary_key=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=30)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    validity_note = models.CharField(max_length=120, blank=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        indexes = [models.Index(fields=["parent", "code"]), models.Index(fields=["level", "code"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor=None) | Q(valid_to__isnull=False),
                name="region_with_successor_is_closed",
                violation_error_message=_("A region with a successor needs the day it ended."),
            ),
            forward("region_period_forward"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def region_code(self) -> str:
        """What gate and trail ask for."""
        return self.code

    @property
    def title(self) -> str:
        """The whole name in the reader's language, where there is one."""
        english = not (get_language() or "zh").startswith("zh")
        return self.name_en if english and self.name_en else self.name


class Edition(models.Model):
    """One set of boundaries from one source, in force for a time; replaced, never overwritten."""

    level = models.CharField(max_length=12, choices=Level.choices)  # the finest tier; those above are dissolved from it
    source = models.CharField(max_length=200)
    approval_number = models.CharField(max_length=60, blank=True)  # 审图号 of the source
    fingerprint = models.CharField(max_length=64)
    notes = models.JSONField(default=list)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        ordering = ("-loaded_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["level"], condition=Q(valid_to=None), name="regions_one_open_edition_per_level"
            ),
            forward("edition_period_forward"),
        ]

    def __str__(self) -> str:
        return self.source


class Band(models.IntegerChoices):
    """Up to which zoom a simplified boundary serves; EXACT is not simplified."""

    FAR = 6
    MIDDLE = 8
    NEAR = 10
    EXACT = 24


class Boundary(models.Model):
    """The area of a region for one band of zooms. Neighbours of a band share their edges exactly."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="boundaries")
    region = models.ForeignKey(Region, models.PROTECT, related_name="boundaries")
    band = models.SmallIntegerField(choices=Band.choices)
    level = models.CharField(max_length=12, choices=Level.choices)  # the region's, so that one index answers a tile
    geometry = models.MultiPolygonField(srid=4326, spatial_index=False)
    geometry_3857 = models.MultiPolygonField(srid=3857, spatial_index=False)
    label_point = models.PointField(srid=4326, spatial_index=False)
    area_km2 = models.DecimalField(max_digits=12, decimal_places=3)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        indexes = [
            GistIndex(fields=["geometry"], name="boundary_exact", condition=Q(band=Band.EXACT)),
            GistIndex(fields=["geometry_3857"], name="boundary_tiles"),
            models.Index(fields=["level", "band"], name="boundary_level_band"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "band"], condition=Q(valid_to=None), name="regions_one_open_boundary_per_band"
            ),
            forward("boundary_period_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} ≤ z{self.band}"


class Version(models.Model):
    """One row that counts changes of regions, so that each process knows when its names are old."""

    number = models.BigIntegerField(default=0)


class ImportState(models.TextChoices):
    """The life of an official file."""

    REPORTED = "reported", _("Reported")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class BoundaryImport(models.Model):
    """A file of boundaries, what the checks said of it, and who decided."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    level = models.CharField(max_length=12, choices=Level.choices)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.REPORTED)
    report = models.JSONField()
    wishes = models.JSONField(default=dict)  # what the person said of the file: system, convert
    source = models.CharField(max_length=200, blank=True)
    approval_number = models.CharField(max_length=60, blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    reported_by = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    edition = models.OneToOneField(Edition, models.PROTECT, null=True, related_name="imported_from")

    class Meta:
        ordering = ("-reported_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by="") | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="regions_import_decided_by_someone",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
