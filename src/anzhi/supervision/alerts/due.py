"""Until when an alert is to be acknowledged, and put right: clocks in office hours and working days."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anzhi.foundation.calendar import queries as calendars
from anzhi.foundation.calendar.drawing import Drawn, Part, draw
from anzhi.foundation.calendar.rules import Clock, WorkCalendar, after_working_hours
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.parameters.rules import Settings
from anzhi.foundation.web.words import prose_day
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.states import Act, Level, State

BUSY = (State.ACKNOWLEDGED, State.EXPLAINED, State.RECTIFYING, State.VERIFIED)
AFTERNOON = time(17)


def clocks(alert: Alert) -> list[Drawn]:
    """What runs on this alert now: none once it has ended or its condition is over."""
    if not alert.open or alert.gone_on:
        return []
    settings = parameters.settings_on(clock.today(), "alert.", "calendar.")
    calendar = calendars.work_calendar(timezone.localdate(alert.raised_at))
    if alert.state == State.RAISED:
        return [_acknowledge(alert, settings, calendar)]
    return [_put_right(alert, settings, calendar)] if alert.state in BUSY and alert.level != Level.BLUE else []


def moment() -> datetime:
    """Now; where a sample stands still, the end of its day."""
    day = clock.today()
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, AFTERNOON))


def _acknowledge(alert: Alert, settings: Settings, calendar: WorkCalendar) -> Drawn:
    if alert.level == Level.RED:
        hours = int(settings.value("alert.ack.red.working_hours", alert.region_code))
        return _in_hours(alert, hours, calendar, settings)
    days = int(settings.value(f"alert.ack.{alert.level}.working_days", alert.region_code))
    return _in_days(_("To be acknowledged"), alert.raised_at, days, calendar, alert, settings)


def _put_right(alert: Alert, settings: Settings, calendar: WorkCalendar) -> Drawn:
    """From the last order to rectify, else from the acknowledgement."""
    acts = {action.act: action.at for action in alert.actions.all()}
    ordered = acts.get(Act.RECTIFY)
    start = ordered or acts.get(Act.ACKNOWLEDGE) or alert.raised_at
    days = int(settings.value(f"alert.fix.{alert.level}.working_days", alert.region_code))
    return _in_days(
        _("Ordered to be put right") if ordered else _("To be put right"), start, days, calendar, alert, settings
    )


def _in_days(name: str, start: datetime, days: int, calendar: WorkCalendar, alert: Alert, settings: Settings) -> Drawn:
    closing = calendars.closing(clock.today(), alert.region_code, settings)
    return draw(name, Clock(start, days, closing=closing), moment(), calendar)


def _in_hours(alert: Alert, hours: int, calendar: WorkCalendar, settings: Settings) -> Drawn:
    now, shifts = moment(), calendars.shifts(clock.today(), alert.region_code, settings)
    ends = [after_working_hours(alert.raised_at, hour, calendar, shifts) for hour in range(1, hours + 1)]
    used, due = sum(end <= now for end in ends), ends[-1]
    cells = [Part("u" if at < used else "", at == used) for at in range(hours)]
    limit = ngettext("%(n)s office hour", "%(n)s office hours", hours) % {"n": hours}
    note = _("Due %(day)s %(time)s") % {"day": prose_day(due), "time": f"{timezone.localtime(due):%H:%M}"}
    if used == hours:
        return Drawn(_("To be acknowledged"), limit, _("past its limit"), "late", [*cells, Part("o", True)], note)
    left = ngettext("%(n)s office hour left", "%(n)s office hours left", hours - used) % {"n": hours - used}
    return Drawn(_("To be acknowledged"), limit, left, "soon", cells, note)
