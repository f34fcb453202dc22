"""One page to find things, and its short form under the search box."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.search import queries
from anzhi.foundation.search.rules import LONGEST_QUESTION, terms
from anzhi.foundation.web.pages import Page
from anzhi.foundation.web.requests import Request

FEW, MANY, MOST = 4, 10, 100


class Search(Page):
    """What holds the words, grouped by kind; with `kind` all of one kind; for the search box a short list."""

    permission = Permission.SEARCH_USE
    template = "search/index.html"
    title = _("Search")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the list under the box."""
        return self.render("search/_few.html" if "few" in request.GET else "")

    def context(self) -> dict[str, Any]:
        """The question and what was found."""
        question = self.request.GET.get("q", "")[:LONGEST_QUESTION]
        only = self.request.GET.get("kind", "")
        most = FEW if "few" in self.request.GET else MOST if only else MANY
        groups = queries.search(question, self.actor, most=most, only=only)
        return {"question": question, "asked": bool(terms(question)), "groups": groups, "only": only}
