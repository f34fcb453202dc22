"""Administrative regions and their boundaries. Readable by all: a region's name is no secret."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionCodeField


class Level(models.TextChoices):
    """Tiers of the code: 2, 4, 6, 9 and 12 significant digits."""

    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County")
    TOWN = "town", _("Town")
    VILLAGE = "village", _("Village")


class Region(models.Model):
    """A unit with its 12-digit code (GB/T 2260 and the statistical codes), valid for a time."""

    code = RegionCodeField(primary_key=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=30)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        ordering = ("code",)
        indexes = [models.Index(fields=["parent", "code"]), models.Index(fields=["level", "code"])]

    def __str__(self) -> str:
        return self.name
