"""Pages of projects."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, FormPage, RecordForm
from anzhi.network.projects import forms, places, queries, record, tables
from anzhi.network.projects.pages import RecordPage
from anzhi.network.projects.services import milestones, register
from anzhi.network.projects.states import Role

STYLES = ("projects/css/record.css",)


class ProjectList(ListPage):
    """All projects that touch the area."""

    permission = Permission.PROJECT_VIEW
    title = gettext_lazy("Projects")
    rows = queries.projects
    table, filters = tables.ProjectTable, tables.ProjectFilters
    template = "projects/index.html"
    counted = ngettext_lazy("%(n)s project", "%(n)s projects", "count")
    empty = (gettext_lazy("No project yet"), gettext_lazy("A project stands here once it is registered."))

    @property
    def acts(self) -> list[Act]:
        """Map and register."""
        return [
            Act(_("What is to be verified"), reverse("projects:gaps"), "list-check"),
            Act(_("Register a project"), reverse("projects:new"), "plus", "main", Permission.PROJECT_EDIT),
        ]

    def context(self) -> dict[str, Any]:
        """Figures of the strip."""
        return super().context() | {"sums": queries.sums(self.scope)}


class GapList(ListPage):
    """What the register does not know: facts are listed, never invented."""

    permission = Permission.PROJECT_VIEW
    nav = "projects:index"
    title = gettext_lazy("Facts to be verified")
    styles = STYLES
    rows = queries.gapped
    table, filters = tables.GapTable, tables.GapFilters
    template = "projects/gaps.html"
    counted = ngettext_lazy("%(n)s project", "%(n)s projects", "count")
    crumbs = (Crumb(gettext_lazy("Projects"), "/projects/"),)
    empty = (gettext_lazy("Every record is complete"), gettext_lazy("All facts of all projects are known."))

    def context(self) -> dict[str, Any]:
        """How many lack each fact."""
        return super().context() | {"gaps": queries.gaps(self.scope), "all": queries.count(self.scope)}


class ProjectPage(RecordPage):
    """One project: figures, milestones, sites, pictures, duty, history."""

    permission = Permission.PROJECT_VIEW
    own_area = False  # every county it touches reads it; row security decides
    nav = "projects:index"
    row = queries.project
    kind, places = "project", ("figures", "map", "main", "side")
    template = "projects/project.html"

    @property
    def title(self) -> str:
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> list[Crumb]:
        """List, river, number."""
        river = [Crumb(self.object.river, f"{reverse('projects:index')}?river={self.object.river}")]
        return [
            Crumb(_("Projects"), reverse("projects:index")),
            *(river if self.object.river else []),
            Crumb(self.object.code),
        ]

    @property
    def marks(self) -> Any:
        """Works and stage."""
        works = tables.works(self.object)
        pill = state_pill(tables.WORKS[works], tables.WORDS[works])
        stage = state_pill("run", self.object.get_stage_display()) if self.object.stage else ""
        return format_html("{} {}", pill, stage)

    @property
    def acts(self) -> list[Act]:
        """What an officer of its county may do; others see why not."""
        answer = may(self.actor, Permission.PROJECT_EDIT, on=self.object)
        code, edit = self.object.code, Permission.PROJECT_EDIT
        if not answer:
            return [Act(_("Change"), "", "edit", "", edit, reason=answer.reason)]
        return [
            Act(_("Change"), reverse("projects:change", args=[code]), "edit", "", edit),
            Act(_("Set a milestone"), reverse("projects:milestone", args=[code]), "flag", "", edit),
            Act(
                _("Add a photo"), reverse("projects:photo", args=[code]), "camera-plus", "main", Permission.FILE_UPLOAD
            ),
        ]

    def context(self) -> dict[str, Any]:
        """Everything of the record."""
        project = self.object
        return super().context() | {
            "line": record.line(project),
            "bars": record.bars(project),
            "duty": record.duty(project),
            "sources": tables.sources(project),
            "lacking": queries.lacking(project),
            "photos": record.pictures(queries.photos(project)),
            "level": None if project.normal_level_m is None else record.level_of(project.normal_level_m),
            "installed": None if project.installed_mw is None else project.installed_mw / 10,
            "history": audit.history(project, 12),
            "may_edit": may(self.actor, Permission.PROJECT_EDIT, on=project).ok,
        }


class ProjectNew(FormPage):
    """Register a project."""

    permission = Permission.PROJECT_EDIT
    nav = "projects:index"
    title = gettext_lazy("Register a project")
    styles = STYLES
    form = forms.NewForm
    submit = pgettext_lazy("verb", "Register")
    done = gettext_lazy("The project is on the register.")
    back = "/projects/"

    def form_arguments(self) -> dict[str, Any]:
        """Counties: one's own for the works, all for the others."""
        return {"counties": places.counties(), "own": places.counties(self.actor.prefix)}

    def save(self, form: Any) -> str:
        """Register it."""
        facts = form.facts()
        others = {code: Role.INVOLVED.value for code in facts.pop("counties") if code != facts["region_code"]}
        made = register.register(by=self.actor, counties=others, **facts)
        return reverse("projects:project", args=[made.code])


class ProjectForm(RecordForm, abstract=True):
    """Base of the forms of one project."""

    permission = Permission.PROJECT_EDIT
    nav, above = "projects:index", gettext_lazy("Projects")
    row, record = queries.project, "projects:project"


class ProjectChange(ProjectForm):
    """Correct the facts."""

    title = gettext_lazy("Change the facts")
    styles = STYLES
    form = forms.FactsForm
    done = gettext_lazy("The facts were changed.")

    def form_arguments(self) -> dict[str, Any]:
        """All counties."""
        return {"counties": places.counties()}

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        project = self.object
        place = queries.place_of(project) or (None, None)
        fields = {name: getattr(project, name, None) for name in forms.FactsForm.base_fields}
        more = {"lon": place[0], "lat": place[1], "reason": project.point_reason}
        return fields | more | {"counties": list(queries.regions_of(project))}

    def save(self, form: Any) -> str:
        """Change it; roles of counties that stay are kept."""
        facts, known = form.facts(), queries.regions_of(self.object)
        chosen = [code for code in facts.pop("counties") if code != self.object.region_code]
        counties = {code: known.get(code, Role.INVOLVED.value) for code in chosen}
        register.change(by=self.actor, project=self.object, counties=counties, **facts)
        return self.back


class MilestoneSet(ProjectForm):
    """Set or correct a milestone."""

    title = gettext_lazy("Set a milestone")
    form = forms.MilestoneForm
    done = gettext_lazy("The milestone is on record.")

    def initial(self) -> dict[str, Any]:
        """The step a link asked for."""
        return {"step": self.request.GET.get("step", "")}

    def save(self, form: Any) -> str:
        """Through the guards."""
        milestones.set_milestone(by=self.actor, project=self.object, **form.cleaned_data)
        return self.back


class MilestonePage(RecordForm, abstract=True):
    """Base of the pages of one milestone."""

    permission = Permission.PROJECT_EDIT
    nav = "projects:index"
    row, record, key = queries.milestone, "projects:project", "project.code"


class MilestoneRemove(MilestonePage, ActionPage):
    """Take a milestone back."""

    title = gettext_lazy("Take the milestone back")
    form = forms.WithdrawForm
    submit = gettext_lazy("Take back")
    done = gettext_lazy("The milestone was taken back.")

    def act(self, **cleaned: Any) -> str:
        """With the reason."""
        target = self.back
        milestones.remove_milestone(by=self.actor, milestone=self.object, **cleaned)
        return target


class DocumentAdd(MilestonePage):
    """The paper behind a milestone."""

    title = gettext_lazy("Add the document")
    form = forms.PaperForm
    submit = gettext_lazy("Add")
    done = gettext_lazy("The document is kept.")

    def save(self, form: Any) -> str:
        """Store it."""
        paper = form.cleaned_data["document"]
        milestones.add_document(by=self.actor, milestone=self.object, name=paper.name, chunks=paper.chunks())
        return self.back


class PhotoAdd(ProjectForm):
    """A picture of the present state."""

    title = gettext_lazy("Add a photo")
    form = forms.ViewForm
    submit = gettext_lazy("Add")
    done = gettext_lazy("The photo is kept.")

    def save(self, form: Any) -> str:
        """Store it."""
        photo, view = form.cleaned_data["photo"], form.cleaned_data["viewpoint"]
        milestones.add_photo(by=self.actor, project=self.object, view=view, name=photo.name, chunks=photo.chunks())
        return self.back
