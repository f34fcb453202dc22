"""Key figures and colours of what stands on the ground."""

from django.db.models import Max
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.network.board import registry
from anzhi.network.board.place import Place
from anzhi.network.board.registry import Key, KeyFigure, Note, Panel, Shade
from anzhi.network.indicators import registry as indicators
from anzhi.network.sites import queries as sites

BUILDS = ("built", "construction", "planned")


def projects(place: Place) -> Key:
    """How many, in which state."""
    one, found = indicators.get("projects"), place.figure("projects")
    value, unit = one.unit.show(found.total)
    notes = tuple(Note(one.parts[part], str(found.of(part)), place.rows("projects", part)) for part in BUILDS)
    if found.of("suspended"):
        notes += (Note(now_("suspended"), str(found.of("suspended")), place.rows("projects", "suspended")),)
    return Key(now_("Water and hydropower projects"), value, unit, place.rows("projects"), notes=notes)


def resettlement(place: Place) -> Key:
    """How many sites, and how many people are in them."""
    one, found, people = indicators.get("sites"), place.figure("sites"), place.figure("people")
    value, unit = one.unit.show(found.total)
    moved, of = indicators.get("people").unit.show(people.of("moved"))
    share = f"{people.of('moved') * 100 // people.of('plan')}%" if people.of("plan") else ""
    notes = (
        Note(now_("moved in"), f"{moved} {of}", place.rows("people")),
        *((Note(now_("of the plan"), share, place.rows("people")),) if share else ()),
    )
    return Key(now_("Resettlement sites"), value, unit, place.rows("sites"), notes=notes)


def reported(place: Place) -> dict[str, object]:
    """Until when sites have reported."""
    rows = sites.sites(place.scope).aggregate(latest=Max("reported_on"))
    return {"label": now_("Resettled people"), "day": rows["latest"]}


def define() -> None:
    """Hand them in."""
    registry.key(KeyFigure("projects", Permission.PROJECT_VIEW, projects, order=10))
    registry.key(KeyFigure("sites", Permission.SITE_VIEW, resettlement, order=20))
    registry.shade(Shade("people", _("people moved in"), part="moved", order=10))
    registry.shade(Shade("projects", _("projects"), order=60))
    registry.panel(
        Panel(
            "reported",
            "foot",
            lambda place: "",
            Permission.SITE_VIEW,
            "board/_fresh_day.html",
            reported,
            order=30,
        )
    )
