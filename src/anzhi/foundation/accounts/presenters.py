"""How the trail tells what happens here."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.audit.presenters import register

METHODS = {
    "password": _("password"),
    "totp": _("one-time code"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery code"),
}
FACTORS = {
    "totp_added": _("codes switched on"),
    "totp_removed": _("codes switched off"),
    "passkey_added": _("passkey added"),
    "passkey_removed": _("passkey removed"),
    "codes_made": _("new recovery codes"),
}
WAYS = {"asked": _("as asked"), "idle": _("after standing idle")}
LANGUAGES = {"zh-hans": "简体中文", "en": "English"}


def role_name(code: str) -> str:
    """The role's name in the reader's language."""
    role = ROLES.get(code)
    return code if role is None else role.zh if (get_language() or "zh").startswith("zh") else role.en


register("agency.edited", _("Changed the particulars of %(subject)s"))
register("agency.department_added", _("Added the division %(name_of_department)s to %(subject)s"))
register("account.opened", _("Opened an account for %(subject)s at %(office)s"))
register("account.closed", _("Closed the account of %(subject)s: %(reason)s"))
register("account.reopened", _("Opened the account of %(subject)s again"))
register("account.password_issued", _("Issued a first password to %(subject)s"))
register("account.password_changed", _("%(subject)s chose a new password"))
register("account.factor_changed", _("%(subject)s changed the second factor: %(what)s"), what=FACTORS)
register("account.unlocked", _("Unlocked the account of %(subject)s"))
register("account.language_set", _("%(subject)s chose the language %(language)s"), language=LANGUAGES)
register("account.logged_in", _("%(subject)s logged in with %(method)s from %(address)s"), method=METHODS)
register("account.logged_out", _("%(subject)s was logged out %(why)s"), why=WAYS)
register("account.login_failed", _("A log-in as %(subject)s failed, from %(address)s"))
register("account.locked", _("Log-in as %(subject)s was locked after failures, from %(address)s"))
register("post.opened", _("Gave %(subject)s the post %(title)s at %(office)s"))
register("post.closed", _("Ended the post of %(subject)s at %(office)s"))
register("role.granted", _("Granted %(subject)s the role %(role)s"), role=role_name)
register("role.withdrawn", _("Withdrew the role %(role)s from %(subject)s"), role=role_name)
register("session.ended", _("Ended a session of %(subject)s from %(address)s"))
register("session.others_ended", _("%(subject)s ended %(count)s other sessions"))
