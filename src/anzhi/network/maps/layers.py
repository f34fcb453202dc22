"""The borders of provinces, prefectures and counties: public, one band of detail for each range of zooms."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.network.maps import versions
from anzhi.network.maps.registry import Layer, register

BORDERS = """
    SELECT region.code, region.name, region.short_name, region.name_en, region.parent_id AS parent,
           region.code AS region_code, boundary.geometry_3857 AS shape
    FROM regions_boundary AS boundary JOIN regions_region AS region ON region.code = boundary.region_id
    WHERE boundary.valid_to IS NULL AND boundary.level = '{level}'
      AND boundary.band = CASE WHEN %(z)s <= 6 THEN 6 WHEN %(z)s <= 8 THEN 8 WHEN %(z)s <= 10 THEN 10 ELSE 24 END
"""
FIELDS = ("code", "name", "short_name", "name_en", "parent")
TIERS = (("province", _("Province border"), 0), ("prefecture", _("Prefectures"), 3), ("county", _("Counties"), 5))


def define() -> None:
    """Hand them in."""
    for level, label, low in TIERS:
        register(
            Layer(
                level,
                label,
                Permission.MAP_VIEW,
                BORDERS.format(level=level),
                FIELDS,
                versions.by_rows("regions_edition"),
                points=False,
                low=low,
                high=14,
                public=True,
            )
        )
