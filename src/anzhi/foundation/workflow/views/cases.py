"""The page of a case, its opinion sheet, its acts and its documents."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.files.refusals import FileRefused
from anzhi.foundation.web import acts as buttons
from anzhi.foundation.web import notices
from anzhi.foundation.web.acts import Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.pages import DetailPage, FormPage
from anzhi.foundation.workflow import desk, forms, offers
from anzhi.foundation.workflow.engine.plans import plan_of
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.offers import Offer
from anzhi.foundation.workflow.record import Record, address, label
from anzhi.foundation.workflow.services import acts, papers
from anzhi.foundation.workflow.states import Act
from anzhi.foundation.workflow.tables import CASES

QUIET = (Act.OPEN,)  # nothing is said on the next page


class CasePage(DetailPage):
    """A case: what it is about, where it lies, what I may do, what happened."""

    permission = Permission.CASE_VIEW
    own_area = False  # offices that take part read it wherever it belongs; row security decides
    nav = "workflow:inbox"
    row = desk.case
    template = "workflow/case.html"
    styles = ("workflow/css/case.css",)
    scripts: ClassVar[tuple[str, ...]] = ("workflow/js/open.js",)

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """What it is called."""
        return self.object.title

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]  # depends on the row
        """Desk and procedure."""
        return (Crumb(_("My desk"), reverse("workflow:inbox")), Crumb(self.object.definition.name))

    @property
    def marks(self) -> SafeString:
        """Its state."""
        return state_pill(CASES[self.object.state], self.object.get_state_display())

    @property
    def acts(self) -> list[buttons.Act]:  # type: ignore[override]  # depends on the row
        """The sheet for the file."""
        return [buttons.Act(_("Opinion sheet"), reverse("workflow:sheet", args=[self.object.pk]), "printer")]

    @cached_property
    def record(self) -> Record:
        """The case as this person sees it."""
        return Record(self.object, self.actor)

    def context(self) -> dict[str, Any]:
        """With the form of the first act in place."""
        record, form, url = self.record, None, ""
        if record.first and record.mine:
            offer, url = record.first, address(self.object, record.first.act, record.mine)
            form = forms.FORMS[offer.act](choices=choices(offer, self), version=self.object.version)
        return {
            "record": record,
            "form": form,
            "form_url": url,
            "key": forms.ActForm()["key"].initial,
            "history": audit.history(self.object, 20),
        }


class Sheet(CasePage):
    """The opinion sheet (审批单), to be printed and filed."""

    permission = Permission.CASE_VIEW
    template = "workflow/sheet.html"
    scripts: ClassVar[tuple[str, ...]] = ()
    acts = ()  # type: ignore[assignment]  # no button: it goes to paper

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]  # depends on the row
        """Back to the case."""
        return (Crumb(self.object.title, reverse("workflow:case", args=[self.object.pk])), Crumb(_("Opinion sheet")))

    def context(self) -> dict[str, Any]:
        """The case alone."""
        return {"record": self.record}


class ActPage(FormPage):
    """One act on a case or on one of its tasks; a page sent twice acts once."""

    permission = Permission.CASE_VIEW  # what the act itself takes, its service demands
    own_area = False
    nav = "workflow:inbox"
    row = desk.case
    template = "workflow/act.html"
    styles = ("workflow/css/case.css",)

    @cached_property
    def act(self) -> Act:
        """The act of this address. Raises Http404."""
        if self.kwargs["act"] not in {act.value for act in forms.FORMS}:
            raise Http404
        return Act(self.kwargs["act"])

    @cached_property
    def task(self) -> Task | None:
        """The task of this address. Raises Http404 for one of another case."""
        if "task" not in self.kwargs:
            return None
        found = desk.task(self.object, self.kwargs["task"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def offer(self) -> Offer:
        """What stands in its way, and what there is to choose from."""
        if self.task is None:
            return Offer(self.act)
        if self.act is Act.WITHDRAW:
            return offers.withdrawal(self.actor, self.task)
        return offers.desk(self.actor, self.task)[self.act] or Offer(self.act)

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the act
        """Its verb."""
        return str(label(self.act, self.task, plan_of(self.object.definition)))

    @property
    def submit(self) -> str:  # type: ignore[override]  # depends on the act
        """Its verb again."""
        return self.title

    @property
    def back(self) -> str:  # type: ignore[override]  # depends on the row
        """To the case."""
        return reverse("workflow:case", args=[self.object.pk])

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]  # depends on the row
        """Desk and case."""
        return (Crumb(_("My desk"), reverse("workflow:inbox")), Crumb(self.object.title, self.back))

    def build(self, *data: Any) -> forms.ActForm:
        """The form of the act, with what there is to choose from."""
        return forms.FORMS[self.act](*data, choices=choices(self.offer, self), version=self.object.version)

    def save(self, form: forms.ActForm) -> str:  # type: ignore[override]  # every form here is one of acts
        """Do it; a refusal comes back to the form with its reason."""
        told = form.cleaned_data
        where = {"task": self.task.pk} if self.task else {"case": self.object.pk}
        try:
            done = acts.act(
                by=self.actor, act=self.act, key=told["key"], expect=told["expect"], said=form.said(), **where
            )
        except Denied as refused:
            raise ValidationError(str(refused)) from None
        if self.act not in QUIET and not done.again:
            notices.done(self.request, _("Done: %(act)s.") % {"act": self.title})
        return self.back


class AttachPage(FormPage):
    """A document of a case."""

    permission = Permission.CASE_ACT
    own_area = False
    nav = "workflow:inbox"
    row = desk.case
    title = gettext_lazy("Add a document")
    form = forms.AttachForm
    submit = gettext_lazy("Add")
    done = gettext_lazy("The document is with the case.")

    @property
    def back(self) -> str:  # type: ignore[override]  # depends on the row
        """To the case."""
        return reverse("workflow:case", args=[self.object.pk])

    def initial(self) -> dict[str, Any]:
        """The name a step asks for."""
        return {"name": self.request.GET.get("name", "")[:80]}

    def save(self, form: forms.AttachForm) -> str:  # type: ignore[override]  # the form above
        """Keep it."""
        paper, name = form.cleaned_data["paper"], form.cleaned_data["name"]
        try:
            papers.attach(by=self.actor, case=self.object, name=name, filename=paper.name, chunks=paper.chunks())
        except FileRefused as refused:
            raise ValidationError({"paper": str(refused)}) from None
        except Denied as refused:
            raise ValidationError(str(refused)) from None
        return self.back


def choices(offer: Offer, page: Any) -> dict[str, list[tuple[Any, Any]]]:
    """What the fields of an act's form offer."""
    found: dict[str, list[tuple[Any, Any]]] = {}
    if offer.outcomes:
        words = forms.VOTES if offer.act is Act.VOTE else forms.WAYS
        found["outcome"] = [(way.outcome, way.name or words.get(way.outcome, way.outcome)) for way in offer.outcomes]
    if offer.targets:
        found["to"] = [(node.code, node.name or node.code) for node in offer.targets]
    if "people" in forms.FORMS[offer.act].base_fields:
        task = getattr(page, "task", None)
        found["people"] = list(desk.colleagues(page.actor, task.agency_id if task and task.queued else None))
    return found
