"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("file.added", _("Added the file %(file)s to %(subject)s"))
