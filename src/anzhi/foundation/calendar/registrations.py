"""What the calendar hands to the shell."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.queries import subject_page
from anzhi.foundation.web.navigation import NavEntry, register

register(
    NavEntry(
        "management",
        _("System"),
        _("Working days"),
        "calendar:today",
        "clock-hour-4",
        Permission.CALENDAR_VIEW,
        order=920,
    )
)
subject_page("calendar.year", "calendar:year")
