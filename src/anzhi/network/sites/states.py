"""States of a site and of what is built there, and what each state demands, as tables."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.network.sites.rules import LIVABLE, SERVICES


class Kind(TextChoices):
    """What sort of place it is."""

    RURAL = "rural", _("Rural settlement")
    TOWN = "town", _("Market town")
    URBAN = "urban", _("Urban community")
    SCATTERED = "scattered", _("Scattered homes")


class State(TextChoices):
    """The life of a site."""

    PLANNED = "planned", pgettext_lazy("site", "Planned")
    CONSTRUCTION = "construction", pgettext_lazy("site", "Being built")
    OCCUPIED = "occupied", pgettext_lazy("site", "Occupied")
    ACCEPTED = "accepted", pgettext_lazy("site", "Accepted")


class Service(TextChoices):
    """Infrastructure of a site."""

    ROAD = "road", _("Roads")
    WATER = "water", _("Water supply")
    POWER = "power", _("Power supply")
    DRAINAGE = "drainage", _("Drainage")
    TELECOM = "telecom", _("Telecommunication")
    SCHOOL = "school", _("School")
    CLINIC = "clinic", _("Clinic")
    HALL = "hall", _("Community hall")


class Work(TextChoices):
    """How far one of them is."""

    NONE = "none", pgettext_lazy("works", "Not begun")
    BUILDING = "building", pgettext_lazy("works", "Being built")
    DONE = "done", pgettext_lazy("works", "Done")
    NA = "na", pgettext_lazy("works", "Not needed")


class Risk(TextChoices):
    """Dangers found."""

    LANDSLIDE = "landslide", _("Landslide")
    BANK = "bank", _("Unstable reservoir bank")


class View(TextChoices):
    """The four fixed viewpoints, and two free ones."""

    NORTH = "N", _("From the north")
    EAST = "E", _("From the east")
    SOUTH = "S", _("From the south")
    WEST = "W", _("From the west")
    AERIAL = "aerial", _("From the air")
    INSIDE = "inside", _("Inside")


@dataclass(frozen=True)
class Demand:
    """What must be true of a site in a state."""

    assessed: bool = False
    services: tuple[str, ...] = ()
    moved: bool = False
    accepted_on: bool = False


MOVES: dict[State, set[State]] = {
    State.PLANNED: {State.CONSTRUCTION},
    State.CONSTRUCTION: {State.OCCUPIED},
    State.OCCUPIED: {State.ACCEPTED},
    State.ACCEPTED: set(),
}
DEMANDS: dict[State, Demand] = {
    State.PLANNED: Demand(),
    State.CONSTRUCTION: Demand(assessed=True),
    State.OCCUPIED: Demand(assessed=True, services=LIVABLE, moved=True),
    State.ACCEPTED: Demand(assessed=True, services=SERVICES, moved=True, accepted_on=True),
}
