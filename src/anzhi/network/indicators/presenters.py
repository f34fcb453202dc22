"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("indicator.mismatch", _("%(differing)s kept sums of %(subject)s differed from their rows and were replaced"))
