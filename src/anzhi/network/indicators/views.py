"""The page of all figures: what each means, where it comes from, and its value now with the way to its rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.pages import Page
from anzhi.network.indicators import story


class IndicatorList(Page):
    """Every figure this person may see."""

    permission = Permission.INDICATOR_VIEW
    title = _("Indicators")
    template = "indicators/index.html"

    def context(self) -> dict[str, Any]:
        """Definition and value of the asker's own area."""
        return {"figures": story.figures(self.actor, self.scope)}
