"""What parameters hand to the shell."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.queries import subject_page
from anzhi.foundation.parameters import bounds, clock
from anzhi.foundation.parameters.bounds import Written
from anzhi.foundation.web.navigation import NavEntry, register

register(
    NavEntry(
        "management",
        _("System"),
        _("Parameters"),
        "parameters:parameters",
        "adjustments-horizontal",
        Permission.PARAMETER_VIEW,
        order=910,
    )
)
subject_page("parameters.ruleparameter", "parameters:parameter")
bounds.register({clock.AS_OF: Written(date.fromisoformat, "2026-11-23", everywhere=True)})
