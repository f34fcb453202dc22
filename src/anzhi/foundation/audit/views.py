"""Pages of the trail: all events, one event."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import presenters, queries
from anzhi.foundation.audit.tables import FACTS, FAMILIES, EventFilters, EventTable
from anzhi.foundation.web import places
from anzhi.foundation.web.acts import Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage


class EventList(ListPage):
    """Everything that happened in the area."""

    permission = Permission.AUDIT_VIEW
    title = gettext_lazy("Audit trail")
    template = "audit/events.html"
    rows = queries.events
    table, filters = EventTable, EventFilters
    paging = "seek"
    empty = (
        gettext_lazy("No event yet"),
        gettext_lazy("Every change, log-in and export leaves an event here."),
    )

    def context(self) -> dict[str, Any]:
        """How far the seals reach."""
        return {"sealed": queries.sealed()}


class EventPage(DetailPage):
    """One event with all it recorded."""

    permission = Permission.AUDIT_VIEW
    nav = "audit:events"
    row = queries.event
    template = "audit/event.html"

    @property
    def title(self) -> str:
        """The event as a sentence."""
        return presenters.sentence(self.object)

    @property
    def crumbs(self) -> list[Crumb]:
        """Back to all events."""
        return [Crumb(_("Audit trail"), reverse("audit:events")), Crumb(_("Event %s") % self.object.pk)]

    def context(self) -> dict[str, Any]:
        """What was recorded, and under which seal."""
        row = self.object
        return {
            "facts": [
                (_("Who"), queries.who(row)),
                (_("Subject"), row.subject_label),
                (_("Area"), places.name_of(row.region_code)),
            ],
            "recorded": [(FACTS.get(name, ""), name, value) for name, value in sorted(row.facts.items())],
            "family": FAMILIES.get(row.name.split(".")[0], ""),
            "seal": queries.seal_of(row),
            "subject_url": queries.address_of(row),
        }
