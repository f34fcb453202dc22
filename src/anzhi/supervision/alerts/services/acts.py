"""What people do about an alert. A handler never ends the alert against themselves; red ends at the province."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Answer, Denied, demand, may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts import queries
from anzhi.supervision.alerts.models import Action, Alert
from anzhi.supervision.alerts.services.news import tell
from anzhi.supervision.alerts.states import HANDLING, MOVES, VERIFICATIONS, Act, Level, State


def allowed(*, by: Actor, alert: Alert, act: Act) -> Answer:
    """Whether a person may do this now, with the reason of a no. The closer is never a handler."""
    permission = Permission.ALERT_CLOSE if act in (Act.CLOSE, Act.DISMISS) else Permission.ALERT_HANDLE
    if not (answer := may(by, permission, on=alert)):
        return answer
    if alert.state not in MOVES[act][0]:
        return Answer(False, _("Not while the alert is “%(state)s”.") % {"state": State(alert.state).label})
    if act in (Act.CLOSE, Act.DISMISS):
        return _may_end(by, alert, act)
    return Answer(True)


def _may_end(by: Actor, alert: Alert, act: Act) -> Answer:
    done = alert.actions.all()
    if alert.level == Level.RED and len(by.prefix) > 2:
        return Answer(False, _("A red alert is ended by the province only."))
    if any(action.by_id == by.id and action.act in HANDLING for action in done):
        return Answer(False, _("You handled this alert; another person must end it."))
    if act == Act.CLOSE and sum(action.act == Act.VERIFY for action in done) < VERIFICATIONS:
        return Answer(False, _("Two verifications are needed before closing."))
    if act == Act.CLOSE and alert.gone_on is None:
        return Answer(False, _("The condition still holds: the money has not moved."))
    return Answer(True)


def act(*, by: Actor, alert: Alert, act: Act, note: str) -> Alert:
    """Do one act of `MOVES`, in the person's own words. Raises Denied, or ValidationError without a note."""
    demand(by, Permission.ALERT_HANDLE if act not in (Act.CLOSE, Act.DISMISS) else Permission.ALERT_CLOSE, on=alert)
    alert = queries.locked(alert)
    if not (answer := allowed(by=by, alert=alert, act=act)):
        raise Denied(answer.reason)
    if act != Act.ACKNOWLEDGE and not note.strip():
        raise ValidationError({"note": _("Say what was done or found: it stays on record.")})
    with audit.action(f"alert.{act.value}", by=by, on=alert, note=note):
        Action.objects.create(
            alert=alert,
            region_code=alert.region_code,
            act=act,
            note=note.strip(),
            at=clock.now(),
            by_id=by.id,
            by_name=by.name,
            by_agency=by.agency_name,
        )
        alert.state = MOVES[act][1] or alert.state
        if act in (Act.CLOSE, Act.DISMISS):
            alert.closed_at, alert.closed_by = clock.now(), by.label
        alert.save(update_fields=["state", "closed_at", "closed_by"])
        tell(alert, "acted")
    return alert
