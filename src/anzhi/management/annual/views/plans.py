"""Annual plans: the list, one edition, what it changed, and its way into force."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.web import places
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage
from anzhi.management.annual import forms, queries, rules, tables
from anzhi.management.annual.services import planning
from anzhi.management.annual.states import PlanState, TaskType


class PlanList(ListPage):
    """What is to be done this year, and how far it has come: people and money apart."""

    permission = Permission.WORK_VIEW
    title = gettext_lazy("Annual plans")
    rows = queries.plans
    table, filters = tables.PlanTable, tables.PlanFilters
    template = "annual/plans.html"
    counted = ngettext_lazy("%(n)s edition", "%(n)s editions", "count")
    empty = (gettext_lazy("No annual plan yet"), gettext_lazy("A county's officer drafts the plan of a project."))

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """One act."""
        return [Act(_("Draft a plan"), reverse("annual:new"), "plus", "main", Permission.WORK_EDIT)]

    @cached_property
    def standing(self) -> queries.Standing:
        """The strip: plans in force among what the filters leave; a replaced edition is not counted beside its heir."""
        return queries.standing(self.filtered.filter(state=PlanState.IN_FORCE))

    def context(self) -> dict[str, Any]:
        """The strip: both rates."""
        known = self.standing
        return {
            "standing": known,
            "people_rate": rules.rate(known.people_done, known.people),
            "money_rate": rules.rate(known.invested, known.investment),
        }


class PlanPage(DetailPage):
    """One edition: its lines by kind, and how far each has come."""

    permission = Permission.WORK_VIEW
    nav = "annual:plans"
    row = queries.plan
    template = "annual/plan.html"

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Project, county and year."""
        return _("%(project)s, %(area)s, plan of %(year)s") % {
            "project": self.object.project.name,
            "area": places.name_of(self.object.region_code),
            "year": self.object.year,
        }

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Back to the list."""
        edition = _("Edition %(n)s") % {"n": self.object.version}
        return (Crumb(_("Annual plans"), reverse("annual:plans")), Crumb(edition))

    @property
    def marks(self) -> SafeString:
        """Its state."""
        return state_pill(tables.PLANS[self.object.state], self.object.get_state_display())

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """A draft is filled, given up or issued; a plan in force is adjusted."""
        edit, decide, row = Permission.WORK_EDIT, Permission.WORK_DECIDE, self.object
        found = []
        if row.version > 1:
            found.append(self._act("compare", _("Compare"), "arrows-diff", "", Permission.WORK_VIEW))
        if row.state == PlanState.DRAFT:
            mine = _("Who drafted a plan does not issue it.") if row.drafted_by_id == self.actor.id else ""
            found.append(self._act("discard", _("Discard"), "trash", "bad", edit, post=True))
            found.append(self._act("line_new", _("Add a task"), "plus", "", edit))
            found.append(self._act("issue", _("Issue"), "circle-check", "main", decide, reason=mine))
        if row.state == PlanState.IN_FORCE:
            found.append(self._act("adjust", _("Adjust"), "edit", "", edit))
        return found

    def _act(self, name: str, words: str, icon: str, kind: str, permission: Permission, **more: Any) -> Act:
        return Act(words, reverse(f"annual:{name}", args=[self.object.pk]), icon, kind, permission, **more)

    def context(self) -> dict[str, Any]:
        """Lines with their rates, the editions, the trail."""
        lines = [
            (line, rules.rate(line.done, line.quantity), rules.rate(line.invested, line.investment))
            for line in queries.lines(self.object)
        ]
        return {
            "lines": lines,
            "drafted": self.object.state == PlanState.DRAFT,
            "people_rate": rules.rate(self.object.people_done, self.object.people),
            "money_rate": rules.rate(self.object.invested, self.object.investment),
            "editions": [(one, tables.PLANS[one.state]) for one in queries.editions(self.object)],
            "history": audit.history(self.object),
        }


class PlanCompare(PlanPage):
    """This edition beside the issued one before it."""

    template = "annual/compare.html"
    acts = ()  # type: ignore[assignment]  # it only shows

    def context(self) -> dict[str, Any]:
        """Every task, before and after, and the sums of what changed."""
        found = queries.compared(self.object)
        changes = [one.change for one in found]
        money = [(c.before or rules.NOTHING, c.after or rules.NOTHING) for c in changes]
        people = [one.change for one in found if one.task.type == TaskType.MOVE]
        return {
            "found": found,
            "earlier": queries.before(self.object),
            "before": sum((b.investment for b, _a in money), rules.ZERO),
            "after": sum((a.investment for _b, a in money), rules.ZERO),
            "more": sum((c.difference.investment for c in changes), rules.ZERO),
            "more_people": sum((c.difference.quantity for c in people), rules.ZERO),
        }


class PlanNew(FormPage):
    """The first edition of a year."""

    permission = Permission.WORK_EDIT
    nav = "annual:plans"
    title = gettext_lazy("Draft a plan")
    form = forms.PlanForm
    submit = gettext_lazy("Draft a plan")
    done = gettext_lazy("The draft is open; add its tasks.")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the list."""
        return reverse("annual:plans")

    def initial(self) -> dict[str, Any]:
        """Plans are made for the year to come."""
        return {"year": clock.today().year + 1}

    def form_arguments(self) -> dict[str, Any]:
        """Projects under construction."""
        return {"projects": queries.projects(self.scope)}

    def save(self, form: Any) -> str:
        """Draft it for the project's county."""
        project, year = form.cleaned_data["project"], form.cleaned_data["year"]
        made = planning.draft(by=self.actor, project=project, year=year, region_code=project.region_code)
        return reverse("annual:plan", args=[made.pk])


class OfPlan(FormPage, abstract=True):
    """Base of the forms of one edition."""

    nav = "annual:plans"
    row = queries.plan

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the edition."""
        return reverse("annual:plan", args=[self.object.pk])

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Above it."""
        return (Crumb(_("Annual plans"), reverse("annual:plans")), Crumb(str(self.object), self.back))


class LineNew(OfPlan):
    """A task more."""

    permission = Permission.WORK_EDIT
    title = gettext_lazy("Add a task")
    form = forms.LineForm
    submit = gettext_lazy("Add")
    done = gettext_lazy("The task is in the draft.")

    def save(self, form: Any) -> str:
        """Put it in."""
        planning.put(by=self.actor, plan=self.object, facts=form.cleaned_data)
        return self.back


class PlanIssue(OfPlan):
    """The document."""

    permission = Permission.WORK_DECIDE
    title = gettext_lazy("Issue the plan")
    form = forms.DocumentForm
    submit = gettext_lazy("Issue")
    done = gettext_lazy("The plan is in force.")

    def save(self, form: Any) -> str:
        """Issue it."""
        planning.issue(by=self.actor, plan=self.object, **form.cleaned_data)
        return self.back


class PlanAdjust(OfPlan):
    """The next edition, and why."""

    permission = Permission.WORK_EDIT
    title = gettext_lazy("Adjust the plan")
    form = forms.ReasonForm
    submit = gettext_lazy("Draft the next edition")
    done = gettext_lazy("The next edition is drafted from the lines in force.")

    def save(self, form: Any) -> str:
        """Draft it."""
        plan, reason = self.object, form.cleaned_data["reason"]
        where = {"project": plan.project, "year": plan.year, "region_code": plan.region_code}
        made = planning.draft(by=self.actor, reason=reason, **where)
        return reverse("annual:plan", args=[made.pk])


class PlanDiscard(ActionPage):
    """The draft is given up."""

    permission = Permission.WORK_EDIT
    nav = "annual:plans"
    row = queries.plan
    title = gettext_lazy("Discard")
    done = gettext_lazy("The draft is discarded.")

    def act(self) -> str:
        """Give it up."""
        planning.discard(by=self.actor, plan=self.object)
        return reverse("annual:plans")


class LineChange(FormPage):
    """Other figures of a task."""

    permission = Permission.WORK_EDIT
    nav = "annual:plans"
    row = queries.line
    form = forms.FiguresForm
    done = gettext_lazy("The line is changed.")

    @property
    def title(self) -> str:  # type: ignore[override]
        """The task."""
        return self.object.task.content

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the edition."""
        return reverse("annual:plan", args=[self.object.plan_id])

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        figures = {name: getattr(self.object, name) for name in forms.FiguresForm.base_fields}
        return figures | {"investment": f"{self.object.investment:.2f}"}

    def save(self, form: Any) -> str:
        """Change it."""
        planning.put(by=self.actor, plan=self.object.plan, facts=form.cleaned_data, line=self.object)
        return self.back


class LineDrop(ActionPage):
    """Out of the draft."""

    permission = Permission.WORK_EDIT
    nav = "annual:plans"
    row = queries.line
    title = gettext_lazy("Take the task out")
    done = gettext_lazy("The task is out of the draft.")

    def act(self) -> str:
        """Take it out."""
        plan = self.object.plan_id
        planning.drop(by=self.actor, line=self.object)
        return reverse("annual:plan", args=[plan])
