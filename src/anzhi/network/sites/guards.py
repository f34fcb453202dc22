"""What a site lacks for the state it is in, in words."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from anzhi.foundation.regions.models import Band
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import unready
from anzhi.network.sites.states import DEMANDS, Service, State

# which of the given points lie outside the boundary of their county; a county without boundary proves nothing
STRAYS = """
SELECT given.number FROM unnest(%s::int[], %s::text[], %s::float8[], %s::float8[]) AS given(number, county, lon, lat)
LEFT JOIN regions_boundary b ON b.region_id = given.county AND b.valid_to IS NULL AND b.band = %s
WHERE b.id IS NULL OR NOT ST_Intersects(b.geometry, ST_SetSRID(ST_MakePoint(given.lon, given.lat), 4326))
"""


def lacking(site: ResettlementSite) -> list[str]:
    """Sentences; none when the state is earned."""
    demand = DEMANDS[State(site.state)]
    found = []
    if not site.competent_dept.strip() or not site.owner_unit.strip():
        found.append(_("State the competent department and the owner unit."))
    if demand.assessed and site.assessed_on is None:
        found.append(_("No geological hazard assessment is recorded (Decree 471, article 17)."))
    missing = unready(site.infrastructure, demand.services)
    if missing:
        names = "、".join(str(Service(name).label) for name in missing)
        found.append(_("Not finished yet: %(what)s.") % {"what": names})
    if demand.moved and not site.moved_people:
        found.append(_("Nobody has moved in according to the reports."))
    if demand.accepted_on and site.accepted_on is None:
        found.append(_("State the day of acceptance."))
    return found + _days(site)


def _days(site: ResettlementSite) -> list[str]:
    found = []
    if site.started_on and site.finished_on and site.finished_on < site.started_on:
        found.append(_("It was not finished before it was begun."))
    if site.finished_on and site.accepted_on and site.accepted_on < site.finished_on:
        found.append(_("It was not accepted before it was finished."))
    return found


def strays(sites: Sequence[ResettlementSite]) -> list[ResettlementSite]:
    """Those whose point does not lie in their county, in one question."""
    with connection.cursor() as cursor:
        counties = [site.region_code[:6].ljust(12, "0") for site in sites]
        places = [site.point.x for site in sites], [site.point.y for site in sites]
        cursor.execute(STRAYS, [list(range(len(sites))), counties, *places, Band.EXACT])
        return [sites[number] for (number,) in cursor.fetchall()]
