"""How the trail tells what happens to annual plans and progress."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("annual.drafted", _("Drafted edition %(version)s of the plan of %(subject)s"))
register("annual.task_added", _("Added the task “%(task)s” to %(subject)s"))
register("annual.line_put", _("Wrote “%(task)s” into the plan of %(subject)s: %(quantity)s, %(investment)s yuan"))
register("annual.line_dropped", _("Took “%(task)s” out of the plan of %(subject)s"))
register("annual.issued", _("Issued edition %(version)s of the plan of %(subject)s by %(document)s"))
register("annual.discarded", _("Discarded edition %(version)s of the plan of %(subject)s"))
register("progress.reported", _("Reported month %(month)s of “%(subject)s”: %(quantity)s, %(invested)s yuan"))
register("progress.confirmed", _("Confirmed month %(month)s of “%(subject)s”"))
register("progress.returned", _("Sent month %(month)s of “%(subject)s” back: %(reason)s"))
