"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("region.recoded", _("Gave %(subject)s the new code %(new)s from %(valid_from)s on"))
register("boundaries.reported", _("Checked the boundary file %(file)s; acceptable: %(acceptable)s"))
register("boundaries.accepted", _("Took over the boundaries of %(file)s from %(valid_from)s on (%(source)s)"))
register("boundaries.refused", _("Refused a boundary file: %(reason)s"))
