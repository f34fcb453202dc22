"""How the trail tells what happens to budgets and expenses."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("budget.opened", _("Opened the budget of %(subject)s"))
register("budget.line_proposed", _("Proposed the line %(subject)s: %(amount)s yuan"))
register("budget.line_dropped", _("Took the line %(subject)s out: %(amount)s yuan"))
register("budget.answered", _("Gave ceilings to %(subject)s by %(document)s: %(sum)s yuan"))
register("budget.refined", _("Refined the budget of %(subject)s: %(sum)s yuan"))
register("budget.approved", _("Put the budget of %(subject)s in force by %(document)s: %(sum)s yuan"))
register("budget.adjusted", _("Moved %(amount)s yuan from %(subject)s to %(to)s by %(document)s"))
register("budget.closed", _("Closed the budget year of %(subject)s"))
register("expense.asked", _("Asked to spend %(amount)s yuan from %(line)s as %(number)s"))
register("expense.agreed", _("Agreed to %(subject)s: %(amount)s yuan"))
register("expense.refused", _("Refused %(subject)s: %(reason)s"))
register("expense.withdrawn", _("Took back %(subject)s: %(reason)s"))
register("expense.paid", _("Recorded the payment of %(subject)s by voucher %(voucher)s: %(amount)s yuan"))
