"""The switch of language and the gallery of components."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web import gallery
from anzhi.foundation.web.pages import Page

setlang = login_not_required(set_language)


class Gallery(Page):
    """Every component in one place; only where demo data may be."""

    permission = Permission.OWN_ACCOUNT
    template = "web/gallery.html"
    title = _("Components")

    def context(self) -> dict[str, Any]:
        """Invented values."""
        return gallery.values()
