"""How the trail tells what happens here."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register

LEVELS = {"red": _("red"), "yellow": _("yellow"), "blue": _("blue"), "": _("none")}

register("alert.raised", _("A %(level)s alert was raised: %(sentence)s"), level=LEVELS)
register("alert.turned", _("The level of the alert went from %(before)s to %(after)s"), before=LEVELS, after=LEVELS)
register("alert.acknowledge", _("Acknowledged the alert"))
register("alert.call", _("Called about the alert: %(note)s"))
register("alert.explain", _("Explained the alert: %(note)s"))
register("alert.rectify", _("Ordered rectification: %(note)s"))
register("alert.verify", _("Verified on site: %(note)s"))
register("alert.close", _("Closed the alert: %(note)s"))
register("alert.dismiss", _("Marked the alert as a false positive: %(note)s"))
register("rule.drafted", _("Drafted %(subject)s: %(note)s"))
register("rule.published", _("Published %(subject)s"))
