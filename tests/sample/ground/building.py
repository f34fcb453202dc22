"""The six hundred sites, built once for all tests that only look at them."""

from datetime import date
from functools import lru_cache

from django.db import connection

from anzhi.foundation.regions.models import Region
from anzhi.network.sites.models import ResettlementSite
from anzhi.sample.ground import projects, sites

AS_OF = date(2026, 11, 22)
STRAY = """
SELECT s.code FROM sites_resettlementsite s LEFT JOIN regions_boundary b
  ON b.region_id = left(s.region_code, 6) || '000000' AND b.band = 24 AND b.valid_to IS NULL
WHERE b.id IS NULL OR NOT ST_Covers(b.geometry, s.point)
"""


@lru_cache(maxsize=1)
def built() -> list[ResettlementSite]:
    """Built once for the tests of this folder; what is asked later was read with the rows."""
    said: list[str] = []
    projects.build(AS_OF, said.append)
    sites.build(AS_OF, said.append)
    rows = list(ResettlementSite.objects.select_related("project").order_by("code"))
    with connection.cursor() as cursor:
        cursor.execute(STRAY)
        strays = [code for (code,) in cursor.fetchall()]
    regions = {region.code: region for region in Region.objects.filter(code__in={row.region_code for row in rows})}
    for row in rows:
        row.stray, row.village, row.said = row.code in strays, regions[row.region_code], said  # type: ignore[attr-defined]
    return rows
