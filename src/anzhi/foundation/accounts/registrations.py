"""What people and offices hand to the shell."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts.limits import BOUNDS
from anzhi.foundation.parameters import bounds
from anzhi.foundation.web.navigation import NavEntry, Slot, register, slot

GROUP = _("People and offices")

register(
    NavEntry("management", GROUP, _("Offices"), "accounts:agencies", "building", Permission.AGENCY_VIEW, order=800)
)
register(NavEntry("management", GROUP, _("People"), "accounts:people", "users", Permission.USER_VIEW, order=810))
slot("me", Slot("accounts:me", _("My account"), "user", Permission.OWN_ACCOUNT))
slot("logout", Slot("account_logout", _("Log out"), "logout"))

bounds.register(BOUNDS)
