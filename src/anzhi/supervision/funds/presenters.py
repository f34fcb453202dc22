"""How the events of funds read in the trail."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("fund_account.registered", _("Account %(account)s was registered"))
register("fund_account.linked", _("The account above was set to %(upper)s"))
register("fund_account.suspended", _("The account was suspended: %(reason)s"))
register("fund_account.closed", _("The account was closed on %(day)s"))
register("fund_account.revealed", _("The full account number was shown: %(reason)s"))
register("statement.received", _("Statement file %(subject)s was received"))
register("statement.known", _("Statement file %(subject)s came again; nothing was changed"))
register("statement.imported", _("Statement file %(subject)s was imported: %(entries)s entries, %(added)s new"))
register("statement.refused", _("Statement file %(subject)s was refused"))
