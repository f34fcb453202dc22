"""Pages of alerts."""

from typing import Any, ClassVar

from django.forms import BaseForm
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.web.acts import Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage, FormPage
from anzhi.foundation.web.templatetags.anzhi import state
from anzhi.supervision.alerts import due, explain, gaps, queries, story
from anzhi.supervision.alerts.forms import AcknowledgeForm, NoteForm
from anzhi.supervision.alerts.services import acts
from anzhi.supervision.alerts.states import Act
from anzhi.supervision.alerts.tables import KINDS, AlertFilters, AlertTable
from anzhi.supervision.alerts.trail import trail
from anzhi.supervision.alerts.types.catalogue import TYPES


class AlertList(ListPage):
    """Every alert of the area; the open ones of each level in the strip."""

    permission = Permission.ALERT_VIEW
    title = _("Alerts")
    rows = queries.alerts
    table, filters = AlertTable, AlertFilters
    template = "alerts/list.html"
    scripts = ("live/live.js", "alerts/js/follow.js")
    empty = (_("No alert"), _("Nothing is wrong in your area, as far as the statements reach."))

    def context(self) -> dict[str, Any]:
        """Counts of the strip."""
        return super().context() | {
            "counts": queries.counts(self.scope),
            "silent": gaps.count(self.scope, clock.today()),
        }


class AlertPage(DetailPage):
    """What is wrong, how we know, what is being done."""

    permission = Permission.ALERT_VIEW
    nav = "alerts:alerts"
    row = queries.alert_with_story
    template = "alerts/alert.html"
    styles = ("alerts/css/alert.css", "plans/css/flow.css")

    @property
    def title(self) -> str:
        """The sentence."""
        return explain.headline(self.object)

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the list."""
        return (Crumb(_("Alerts"), reverse("alerts:alerts")), Crumb(self.object.number))

    @property
    def marks(self) -> SafeString:
        """The state."""
        return state(KINDS[self.object.state], self.object.get_state_display())

    def context(self) -> dict[str, Any]:
        """Everything around the sentence."""
        return {
            "rule": TYPES[self.object.type],
            "why": explain.why(self.object),
            "basis": explain.BASIS[self.object.type],
            "life": story.life(self.object),
            "steps": story.steps(self.object),
            "trail": trail(self.object, self.scope),
            "offers": story.offers(self.object, self.actor),
            "clocks": due.clocks(self.object),
            "history": audit.history(self.object),
        }


class AlertAct(FormPage):
    """One act on an alert, with its note; `what` is given by the address."""

    permission = Permission.ALERT_HANDLE
    nav = "alerts:alerts"
    row = queries.alert
    form: ClassVar[type[BaseForm]] = NoteForm
    what: Act = Act.CALL

    @property
    def title(self) -> str:
        """The verb and the alert."""
        return f"{self.what.label} · {self.object.number}"

    @property
    def submit(self) -> str:
        """The button says its verb."""
        return str(self.what.label)

    @property
    def back(self) -> str:
        """To the alert."""
        return reverse("alerts:alert", args=[self.object.number])

    def save(self, form: Any) -> str:
        """Do it."""
        acts.act(by=self.actor, alert=self.object, act=self.what, note=form.cleaned_data["note"])
        return self.back


class AlertTaken(AlertAct):
    """Acknowledging needs no words."""

    permission = Permission.ALERT_HANDLE
    form = AcknowledgeForm


class AlertEnd(AlertAct):
    """Closing and dismissing are another person's."""

    permission = Permission.ALERT_CLOSE
