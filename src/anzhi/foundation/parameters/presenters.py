"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("parameter.seeded", _("Loaded %(count)s parameters"))
register("parameter.set", _("Set %(subject)s to %(value)s %(unit)s from %(valid_from)s on (before: %(before)s)"))
register("parameter.clock_stopped", _("Let the sample province stand at %(day)s"))
