"""How the trail tells what happens to projects."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit.presenters import register
from anzhi.network.projects.states import Step

STEPS = dict(Step.choices)

register("project.registered", _("Registered the project %(subject)s as %(code)s"))
register("project.changed", _("Changed the facts of %(subject)s: %(fields)s"))
register("project.milestone_set", _("Set “%(step)s” of %(subject)s to %(day)s (%(document)s)"), step=STEPS)
register("project.milestone_removed", _("Took back “%(step)s” of %(subject)s of %(day)s: %(reason)s"), step=STEPS)
