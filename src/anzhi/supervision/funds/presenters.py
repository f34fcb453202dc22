"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("fund_account.registered", _("Registered the account %(account)s (%(subject)s)"))
register("fund_account.linked", _("Declared the account above %(subject)s: %(upper)s"))
register("fund_account.suspended", _("Suspended the account %(subject)s: %(reason)s"))
register("fund_account.closed", _("Closed the account %(subject)s as of %(day)s"))
register("fund_account.revealed", _("Looked at the full number of %(subject)s: %(reason)s"))
register("statement.received", _("Received the statement file %(subject)s"))
register("statement.known", _("The statement file %(subject)s was known already"))
register("statement.imported", _("Imported the statement file %(subject)s: %(entries)s rows, %(added)s of them new"))
register("statement.refused", _("Refused the statement file %(subject)s; nothing was taken from it"))
