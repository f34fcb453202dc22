"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("calendar.year_announced", _("Entered the holidays of %(year)s: %(days)s days (%(source)s)"))
