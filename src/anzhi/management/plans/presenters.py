"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("plan.file_accepted", _("Took over the sheet %(subject)s: %(rows)s rows"))
register("plan.matched", _("Held earlier bank rows against the sheet %(subject)s: %(allocations)s allocations changed"))
register("plan.file_refused", _("Refused the sheet %(subject)s: %(faults)s faults in %(rows)s rows"))
