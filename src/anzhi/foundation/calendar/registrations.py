"""What the calendar hands to the shell."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.queries import subject_page
from anzhi.foundation.calendar.rules import read_shifts
from anzhi.foundation.parameters import bounds
from anzhi.foundation.parameters.bounds import Written
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
bounds.register(
    {
        "calendar.closing": Written(time.fromisoformat, "17:30"),
        "calendar.shifts": Written(read_shifts, "08:30-12:00,14:00-17:30"),
    }
)
