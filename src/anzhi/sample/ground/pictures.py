"""Drawn pictures for some projects and sites, through the same door as any photo."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import F

from anzhi.foundation.access.actors import SYSTEM
from anzhi.network.projects.models import Project
from anzhi.network.projects.services import milestones
from anzhi.network.projects.states import View as ProjectView
from anzhi.network.sites import services
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.states import State
from anzhi.network.sites.states import View as SiteView
from anzhi.sample.chance import stream
from anzhi.sample.ground.scene import draw

PROJECTS, SITES = 10, 22
VIEWS = (SiteView.SOUTH, SiteView.EAST)


def build(as_of: date, say: Callable[[str], None]) -> None:
    """Draw and store: the largest projects from two sides, the largest lived-in sites."""
    made = 0
    for project in Project.objects.exclude(build="planned").order_by(F("installed_mw").desc(nulls_last=True), "code")[
        :PROJECTS
    ]:
        for view in (ProjectView.UPSTREAM, ProjectView.DOWNSTREAM):
            name, data = _picture("dam", project.code, view, as_of)
            milestones.add_photo(by=SYSTEM, project=project, view=view, name=name, chunks=[data])
            made += 1
    lived_in = ResettlementSite.objects.filter(state__in=[State.OCCUPIED, State.ACCEPTED])
    for number, site in enumerate(lived_in.order_by("-plan_people", "code")[:SITES]):
        seen = VIEWS[number % 2]
        name, data = _picture("village", site.code, seen, as_of)
        services.add_photo(by=SYSTEM, site=site, view=seen, name=name, chunks=[data])
        made += 1
    say(f"{made} pictures")


def _picture(thing: str, code: str, view: str, as_of: date) -> tuple[str, bytes]:
    chance = stream("picture", code, view)
    taken = datetime.combine(as_of - timedelta(days=chance.randrange(6, 60)), time(chance.randrange(9, 17), 20))
    return f"{code}-{view}.jpg", draw(thing, chance, taken)
