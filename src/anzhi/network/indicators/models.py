"""Figures kept so that no page sums millions of rows."""

from django.db import models

from anzhi.foundation.access.rows import RegionScoped


class Rollup(RegionScoped):
    """The sum of one part of one indicator in one region of the rows, for one day or month (its first).

    Tiers above are sums over the prefix. Whole numbers: fen, pieces. Written by `services.refresh` alone.
    """

    indicator = models.SlugField(max_length=40, db_index=False)
    part = models.CharField(max_length=40, blank=True)
    day = models.DateField(null=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region_code", "part", "day"], name="rollup_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.region_code} {self.part} {self.day}"
