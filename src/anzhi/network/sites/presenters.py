"""How the trail tells what happens to sites."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register
from anzhi.network.sites.states import State

STATES = dict(State.choices)

register("site.registered", _("Registered the site %(subject)s of %(project)s as %(code)s"))
register("site.listed", _("Registered %(sites)s sites of %(subject)s from a list: %(codes)s"))
register("site.changed", _("Changed the facts of %(subject)s: %(fields)s"))
register("site.moved", _("Turned %(subject)s from %(before)s to %(after)s on %(day)s"), before=STATES, after=STATES)
