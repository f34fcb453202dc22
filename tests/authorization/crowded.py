"""The planted county with three more of everything, and people who see it all."""

from datetime import timedelta
from itertools import count

from django.test import Client

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ADMINISTRATORS, ROLES, permissions_of
from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts.services import engine
from authorization.planted import OWNER
from foundation.workflow.offices import begin, somebody
from harness.people import client_of, user_at
from management.plans.factories import line
from network.projects.factories import project
from network.sites.factories import site
from supervision.alerts.factories import TODAY, Office, allocation, gets

turns = count(1)


def more() -> None:
    """Three more of everything that stands in lists."""
    for turn in (next(turns), next(turns), next(turns)):
        user_at("officer", "finance", region=OWNER)
        begin(somebody("officer", region=OWNER), "sentinel", title=f"大纲{turn}")
        site(of=project(region=OWNER), region=OWNER, name=f"安置点{turn}")
        line(region=OWNER)
        upper, lower = Office("5323"), Office(OWNER)
        came = TODAY - timedelta(days=800)
        lower.covered = came - timedelta(days=60)
        paper = f"云搬发〔2024〕{turn}号"
        allocation(upper, lower, "500000", issued=came - timedelta(days=3), due=came, document=paper)
        with clock.turned_to(came):
            lower.tells(gets(upper, "500000", came, paper), until=TODAY)
    engine.run(as_of=TODAY)


def everybody() -> list[tuple[frozenset[Permission], Client]]:
    """Three who together see everything, each with every role one person may hold: theirs is the longest navigation."""
    hands = [(*(ROLES.keys() - set(ADMINISTRATORS)), one) for one in ADMINISTRATORS]
    return [(permissions_of(roles), client_of(user_at(*roles, region="53"))) for roles in hands]
