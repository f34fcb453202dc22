"""What search hands to the registries below it."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.navigation import Slot, slot

slot("search", Slot("search:index", _("Search"), "search", Permission.SEARCH_USE))
