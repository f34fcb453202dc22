"""An import while somebody looks at the map."""

from datetime import date
from pathlib import Path

from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions.imports.checking import Wishes
from anzhi.foundation.regions.models import Band
from anzhi.foundation.regions.services import boundaries as service
from foundation.regions import files
from harness import databases, people

DAY = date(2027, 1, 1)


def test_who_looks_at_the_map_during_an_import_sees_the_old_set_or_the_new(live_db: str, tmp_path: Path) -> None:
    count = "SELECT count(*), count(DISTINCT edition_id), max(edition_id) FROM regions_boundary WHERE valid_to IS NULL"
    clerk = people.actor("sysadmin", region="53")
    official = files.geojson(tmp_path / "a.geojson", files.features(files.counties()))
    with databases.as_owner(live_db) as viewer:
        before = viewer.execute(count).fetchone()
        with system_scope(), transaction.atomic():
            reported = service.report(by=clerk, path=official, wishes=Wishes("county"))
            service.accept(by=clerk, reported=reported, path=official, source="省厅", valid_from=DAY)
            assert viewer.execute(count).fetchone() == before
        after = viewer.execute(count).fetchone()
    assert (after[0], after[1]) == (before[0], 1) == (146 * len(Band), 1)
    assert after[2] > before[2]
