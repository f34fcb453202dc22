"""How the trail tells what happens here."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register
from anzhi.management.plans.states import River
from anzhi.supervision.funds.states import Link, Nature

FIELDS = {
    "name": _("Name of the account"),
    "branch": _("Branch"),
    "cnaps": _("Bank line number"),
    "nature": _("Nature"),
    "rivers": _("Funds"),
    "link": _("Way of the data"),
    "authorised_until": _("Authorised until"),
}
CODES: dict[str, Callable[[Any], Any]] = {
    "nature": lambda code: Nature(code).label,
    "link": lambda code: Link(code).label,
    "rivers": lambda codes: "、".join(str(River(code).label) for code in codes),
}


def told(changed: Mapping[str, Any]) -> str:
    """Each field with what it was and what it is."""
    parts = []
    for name, values in changed.items():
        before, after = (str(CODES.get(name, str)(value)) if value else "—" for value in values)
        parts.append(f"{FIELDS.get(name, name)} {before} → {after}")
    return "；".join(parts)


register("fund_account.registered", _("Registered the account %(account)s (%(subject)s)"))
register("fund_account.confirmed", _("Confirmed the account %(subject)s as a second person"))
register("fund_account.withdrawn", _("Took back the filing of %(subject)s: %(reason)s"))
register("fund_account.changed", _("Changed the account %(subject)s: %(changed)s. %(reason)s"), changed=told)
register("fund_account.resumed", _("Took the account %(subject)s into use again: %(reason)s"))
register("fund_account.linked", _("Declared the account above %(subject)s: %(upper)s"))
register("fund_account.suspended", _("Suspended the account %(subject)s: %(reason)s"))
register("fund_account.closed", _("Closed the account %(subject)s as of %(day)s"))
register("fund_account.revealed", _("Looked at the full number of %(subject)s: %(reason)s"))
register("statement.received", _("Received the statement file %(subject)s"))
register("statement.known", _("The statement file %(subject)s was known already"))
register("statement.imported", _("Imported the statement file %(subject)s: %(entries)s rows, %(added)s of them new"))
register("statement.refused", _("Refused the statement file %(subject)s; nothing was taken from it"))
