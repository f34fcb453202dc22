"""`/`: the first page of one's work, else what one may open."""

from typing import Any

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web import navigation
from anzhi.foundation.web.pages import Page
from anzhi.foundation.web.requests import Request

FIRST = ("board:board", "workflow:inbox", "alerts:alerts")


class Home(Page):
    """Leads to the inbox or the board; until they are open to this person, lists what is."""

    permission = Permission.OWN_ACCOUNT
    template = "site/home.html"
    title = _("Where to begin")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The first of the usual starts that this person may open."""
        entries = {entry.url_name: entry for entry in navigation.entries_for(self.actor)}
        for name in FIRST:
            if name in entries:
                return HttpResponseRedirect(navigation.address(name))
        figures = navigation.figures(entries.values())
        return self.render(entries=[navigation.item(entry, "", figures) for entry in entries.values()])
