"""Pages of sites."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import RecordForm
from anzhi.network.projects import queries as projects
from anzhi.network.projects import record
from anzhi.network.projects.pages import RecordPage
from anzhi.network.sites import forms, queries, services, tables
from anzhi.network.sites.rules import share_ready
from anzhi.network.sites.states import MOVES, Risk, Service, State, View, Work

WORKS = {"none": "", "building": "run", "done": "done", "na": ""}


class SiteList(ListPage):
    """All sites of the area."""

    permission = Permission.SITE_VIEW
    title = gettext_lazy("Resettlement sites")
    rows = queries.sites
    table, filters = tables.SiteTable, tables.SiteFilters
    template = "sites/index.html"
    counted = ngettext_lazy("%(n)s site", "%(n)s sites", "count")
    empty = (gettext_lazy("No site yet"), gettext_lazy("Sites are registered on the page of their project."))

    def context(self) -> dict[str, Any]:
        """Figures of the strip."""
        return super().context() | {"sums": queries.sums(queries.sites(self.scope))}


class SitePage(RecordPage):
    """One site: people, works, pictures, units, history."""

    permission = Permission.SITE_VIEW
    nav = "sites:index"
    row = queries.site
    kind = "site"
    template = "sites/site.html"

    @property
    def title(self) -> str:
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> list[Crumb]:
        """Its project above it."""
        project = self.object.project
        return [
            Crumb(_("Resettlement sites"), reverse("sites:index")),
            Crumb(project.name, reverse("projects:project", args=[project.code])),
            Crumb(self.object.code),
        ]

    @property
    def marks(self) -> Any:
        """State, danger, and whether it is invented."""
        site = self.object
        pill = state_pill(tables.LIFE[site.state], site.get_state_display())
        risks = "、".join(str(Risk(risk).label) for risk in site.risks)
        return format_html("{} {}{}", pill, state_pill("wait", risks) if risks else "", tables.tag(site))

    @property
    def acts(self) -> list[Act]:
        """What an officer may do."""
        code, edit = self.object.code, Permission.SITE_EDIT
        found = [Act(_("Change"), reverse("sites:change", args=[code]), "edit", "", edit)]
        if MOVES[State(self.object.state)]:
            found.append(Act(_("Next state"), reverse("sites:move", args=[code]), "arrow-right", "", edit))
        upload = reverse("sites:photo", args=[code])
        return [*found, Act(_("Add a photo"), upload, "camera-plus", "main", Permission.FILE_UPLOAD)]

    def context(self) -> dict[str, Any]:
        """Everything of the record."""
        site = self.object
        works = [
            (label, WORKS[site.infrastructure[name]], Work(site.infrastructure[name]).label)
            for name, label in Service.choices
        ]
        return super().context() | {
            "where": queries.where(site),
            "works": works,
            "ready": share_ready(site.infrastructure),
            "photos": record.pictures(queries.photos(site), dict(View.choices)),
            "history": audit.history(site, 12),
            "may_edit": may(self.actor, Permission.SITE_EDIT, on=site).ok,
        }


class SiteNew(RecordForm):
    """Register a site of a project."""

    permission = Permission.SITE_EDIT
    own_area = False  # a county may register a site of a project whose works lie elsewhere
    nav, record = "sites:index", "projects:project"
    row = staticmethod(lambda scope, project: projects.project(scope, project))
    title = gettext_lazy("Register a site")
    form = forms.NewForm
    done = gettext_lazy("The site is on the register.")

    def form_arguments(self) -> dict[str, Any]:
        """The area whose codes may be named."""
        return {"own": self.actor.prefix}

    def save(self, form: Any) -> str:
        """Register it."""
        made = services.register(by=self.actor, project=self.object, **form.facts())
        return reverse("sites:site", args=[made.code])


class SiteForm(RecordForm, abstract=True):
    """Base of the forms of one site."""

    permission = Permission.SITE_EDIT
    nav, above = "sites:index", gettext_lazy("Resettlement sites")
    row, record = queries.site, "sites:site"


class SiteChange(SiteForm):
    """Correct the facts."""

    title = gettext_lazy("Change the facts")
    form = forms.FactsForm
    done = gettext_lazy("The facts were changed.")

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        site = self.object
        fields = {name: getattr(site, name, None) for name in forms.FactsForm.base_fields}
        works = {f"works_{name}": value for name, value in site.infrastructure.items()}
        return fields | works | {"lon": site.point.x, "lat": site.point.y, "reason": site.point_reason}

    def save(self, form: Any) -> str:
        """Change it."""
        services.change(by=self.actor, site=self.object, **form.facts())
        return self.back


class SiteMove(SiteForm):
    """To the next state."""

    title = gettext_lazy("Next state of the site")
    form = forms.MoveForm
    done = gettext_lazy("The state was changed.")

    def initial(self) -> dict[str, Any]:
        """The only one there is."""
        return {"to": next(iter(MOVES[State(self.object.state)]), "")}

    def save(self, form: Any) -> str:
        """Move it, if it is earned."""
        services.move(by=self.actor, site=self.object, **form.cleaned_data)
        return self.back


class PhotoAdd(SiteForm):
    """A picture of the present state."""

    title = gettext_lazy("Add a photo")
    form = forms.ViewForm
    submit = gettext_lazy("Add")
    done = gettext_lazy("The photo is kept.")

    def save(self, form: Any) -> str:
        """Store it."""
        photo, view = form.cleaned_data["photo"], form.cleaned_data["viewpoint"]
        services.add_photo(by=self.actor, site=self.object, view=view, name=photo.name, chunks=photo.chunks())
        return self.back
