"""The board: one page for every tier; the address says which area and which colours."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.pages import Page
from anzhi.network.board import place, story


class Board(Page):
    """省情看板. `?region=` lies in one's own area, else one's own area is shown."""

    permission = Permission.BOARD_VIEW
    template = "board/board.html"
    scripts = ("live/live.js", "board/js/board.js")
    styles = ("vendor/maplibre/maplibre-gl.css", "maps/css/marks.css", "board/css/board.css", "board/css/panels.css")

    @cached_property
    def place(self) -> place.Place:
        """What is shown."""
        if self.scope is None:
            raise Http404
        return place.at(self.request.GET.get("region", ""), self.actor, self.scope)

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the place
        """Name and board."""
        return _("%(place)s board") % {"place": self.place.name}

    def context(self) -> dict[str, Any]:
        """Everything of the place."""
        return story.tell(self.place, self.request.GET.get("shade", ""))
