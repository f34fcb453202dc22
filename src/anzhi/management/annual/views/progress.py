"""Progress of tasks."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage
from anzhi.management.annual import forms, queries, rules, tables
from anzhi.management.annual.models import AnnualPlanLine
from anzhi.management.annual.services import progress
from anzhi.management.annual.states import ReportState


class ReportList(ListPage):
    """What waits for the supervision unit."""

    permission = Permission.WORK_VIEW
    title = gettext_lazy("Progress to confirm")
    rows = queries.unconfirmed
    table, filters = tables.ReportTable, tables.ReportFilters
    counted = ngettext_lazy("%(n)s report", "%(n)s reports", "count")
    empty = (gettext_lazy("Nothing waits"), gettext_lazy("Reports of the counties appear here until they are judged."))


class TaskPage(DetailPage):
    """One task: what is planned, and each month that was told."""

    permission = Permission.WORK_VIEW
    nav = "annual:plans"
    row = queries.task
    template = "annual/task.html"

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Its content."""
        return self.object.content

    @cached_property
    def line(self) -> AnnualPlanLine | None:
        """Its line in force."""
        return queries.in_force(self.object)

    @property
    def crumbs(self) -> list[Crumb]:  # type: ignore[override]
        """Its plan above it."""
        found = [Crumb(_("Annual plans"), reverse("annual:plans"))]
        if self.line:
            found.append(Crumb(str(self.line.plan), reverse("annual:plan", args=[self.line.plan_id])))
        return [*found, Crumb(self.object.get_type_display())]

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """Tell a month."""
        why = "" if self.line else _("This task stands in no plan in force.")
        url = reverse("annual:report", args=[self.object.pk])
        return [Act(_("Report a month"), url, "plus", "main", Permission.WORK_EDIT, why)]

    def context(self) -> dict[str, Any]:
        """The months, what they add up to, and who may judge."""
        told = list(queries.reports(self.object))
        confirmed = [one for one in told if one.state == ReportState.CONFIRMED]
        done = sum((one.quantity for one in confirmed), rules.ZERO)
        invested = sum((one.invested for one in confirmed), rules.ZERO)
        judges = may(self.actor, Permission.WORK_CONFIRM, on=self.object).ok
        open_here = [judges and one.state == ReportState.REPORTED for one in told]
        return {
            "line": self.line,
            "told": [(one, tables.REPORTS[one.state], now) for one, now in zip(told, open_here, strict=True)],
            "me": self.actor.id,
            "done": done,
            "invested": invested,
            "people_rate": rules.rate(done, self.line.quantity) if self.line else None,
            "money_rate": rules.rate(invested, self.line.investment) if self.line else None,
            "history": audit.history(self.object),
        }


class ReportNew(FormPage):
    """A month of a task."""

    permission = Permission.WORK_EDIT
    nav = "annual:plans"
    row = queries.task
    title = gettext_lazy("Report a month")
    form = forms.ReportForm
    submit = gettext_lazy("Report")
    done = gettext_lazy("Reported; it counts once the supervision unit has confirmed it.")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the task."""
        return reverse("annual:task", args=[self.object.pk])

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Above it."""
        return (Crumb(_("Annual plans"), reverse("annual:plans")), Crumb(self.object.content, self.back))

    def save(self, form: Any) -> str:
        """Tell it."""
        progress.report(by=self.actor, task=self.object, **form.cleaned_data)
        return self.back


class ReportConfirm(ActionPage):
    """It is so."""

    permission = Permission.WORK_CONFIRM
    nav = "annual:waiting"
    row = queries.report
    title = gettext_lazy("Confirm progress")
    done = gettext_lazy("Confirmed; it counts now.")

    def act(self) -> str:
        """Confirm it."""
        progress.confirm(by=self.actor, report=self.object)
        return reverse("annual:task", args=[self.object.task_id])


class ReportReturn(FormPage):
    """It is not so."""

    permission = Permission.WORK_CONFIRM
    nav = "annual:waiting"
    row = queries.report
    title = gettext_lazy("Send the report back")
    form = forms.ReasonForm
    submit = gettext_lazy("Send back")
    done = gettext_lazy("Sent back; the month can be reported anew.")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the task."""
        return reverse("annual:task", args=[self.object.task_id])

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Above it."""
        return (Crumb(_("Progress to confirm"), reverse("annual:waiting")), Crumb(str(self.object.task), self.back))

    def save(self, form: Any) -> str:
        """Send it back."""
        progress.send_back(by=self.actor, report=self.object, **form.cleaned_data)
        return self.back
