"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

register("case.start", _("Began the case"))
register("case.pass", _("Passed “%(step)s”: %(opinion)s"))
register("case.reject", _("Refused approval at “%(step)s”: %(opinion)s"))
register("case.return", _("Sent back from “%(step)s”: %(opinion)s"))
register("case.vote", _("Voted at “%(step)s”: %(opinion)s"))
register("case.answer", _("Gave an opinion at “%(step)s”: %(opinion)s"))
register("case.add_sign", _("Added signers at “%(step)s”"))
register("case.reduce_sign", _("Took a signer off at “%(step)s”: %(opinion)s"))
register("case.transfer", _("Handed “%(step)s” on to a colleague: %(opinion)s"))
register("case.withdraw", _("Took “%(step)s” back"))
register("case.open", _("Opened “%(step)s”"))
register("case.urge", _("Urged “%(step)s”: %(opinion)s"))
register("case.cc", _("Sent copies: %(opinion)s"))
register("case.read", _("Confirmed having read a copy"))
register("case.pause", _("Paused the case: %(opinion)s"))
register("case.resume", _("Let the case go on"))
register("case.terminate", _("Terminated the case at “%(step)s”: %(opinion)s"))
register("case.assign", _("Assigned “%(step)s” from the queue"))
register("definition.draft", _("Drafted %(subject)s: %(note)s"))
register("definition.review", _("Sent %(subject)s to review"))
register("definition.back", _("Sent %(subject)s back to its drafter: %(reason)s"))
register("definition.publish", _("Published %(subject)s; offices with holes: %(holes)s"))
register("definition.retire", _("Took %(subject)s out of use: %(reason)s"))
register("definition.ship", _("Put %(subject)s into force as it comes with the software"))
