"""Why an act is refused, in sentences."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow.models import Case, Task
from anzhi.foundation.workflow.rules.plan import PASS, REJECT
from anzhi.foundation.workflow.states import CaseState


class TooLate(Denied):
    """Somebody else was first, or the page is old."""


def handled(task: Task, by: str, at: datetime | None, outcome: str) -> TooLate:
    """Who was first."""
    said = {PASS: _("passed"), REJECT: _("not approved"), "return": _("sent back")}.get(outcome, outcome)
    when = date_format(localtime(at), "m-d H:i") if at else ""
    told = {"step": task.step_name, "who": by, "when": when, "what": said}
    if not by:
        return TooLate(_("“%(step)s” is no longer waiting for anybody.") % told)
    return TooLate(_("“%(step)s” was already handled by %(who)s on %(when)s: %(what)s.") % told)


def changed(case: Case, by: str) -> TooLate:
    """The page the person saw is old."""
    return TooLate(_("%(who)s has changed this case meanwhile. Look at it again before you act.") % {"who": by})


def not_live(case: Case) -> TooLate:
    """Nothing can be done with a case that is over or paused."""
    return TooLate(_("The case is “%(state)s”.") % {"state": CaseState(case.state).label})


def missing(field: str, sentence: str) -> ValidationError:
    """Something was left out."""
    return ValidationError({field: sentence})
