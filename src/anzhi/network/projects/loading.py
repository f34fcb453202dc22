"""Loading the real projects through the register's own service."""

from anzhi.foundation.access.actors import Actor
from anzhi.network.projects.models import Project
from anzhi.network.projects.services import register
from anzhi.network.projects.sheet import lines


def load(*, by: Actor) -> int:
    """Register every project of the sheet that is not there yet; how many were added."""
    there = set(Project.objects.values_list("region_code", "name"))
    wanted = [line for line in lines() if (line["region_code"], line["name"]) not in there]
    for line in wanted:
        register.register(by=by, **line)
    return len(wanted)
