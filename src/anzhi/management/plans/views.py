"""Pages of plan lines, allocations, and sheets given in."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage, FormPage, Page
from anzhi.foundation.web.requests import Request
from anzhi.foundation.web.tables import Totals
from anzhi.management.plans import blank_sheets, chain, forms, queries, services, slots, tables, uploads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LineList(ListPage):
    """What was planned for whom, by year."""

    permission = Permission.PLAN_VIEW
    title = gettext_lazy("Fund plans")
    rows = queries.lines
    table, filters = tables.LineTable, tables.LineFilters
    counted = ngettext_lazy("%(n)s plan line", "%(n)s plan lines", "count")
    empty = (gettext_lazy("No plan line yet"), gettext_lazy("Plan lines appear when a sheet of them is taken over."))


class LinePage(DetailPage):
    """One plan line, and what was passed on from it."""

    permission = Permission.PLAN_VIEW
    nav = "plans:lines"
    row = queries.line
    template = "plans/line.html"

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Purpose and office."""
        return f"{self.object.agency.short_name} {self.object.purpose}"

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Back to the list."""
        return (Crumb(_("Fund plans"), reverse("plans:lines")), Crumb(self.object.number))

    def context(self) -> dict[str, Any]:
        """Its allocations that this area takes part in; what is left of it."""
        legs = chain.legs_of(queries.allocations_of(self.scope, self.object), clock.today(), self.scope)
        drawn = queries.drawn_from(self.object)
        return {
            "legs": legs,
            "totals": chain.totals(legs),
            "drawn": drawn,
            "left": self.object.amount - drawn,
            "history": audit.history(self.object),
        }


class AllocationList(ListPage):
    """Money issued from office to office: what arrived, what is late. Both ends see it."""

    permission = Permission.ALLOCATION_VIEW
    own_area = False
    title = gettext_lazy("Allocations")
    rows = queries.allocations
    table, filters = tables.AllocationTable, tables.AllocationFilters
    template = "plans/allocations.html"
    counted = ngettext_lazy("%(n)s allocation", "%(n)s allocations", "count")
    empty = (gettext_lazy("No allocation yet"), gettext_lazy("Allocations appear when a sheet of them is taken over."))

    @cached_property
    def standing(self) -> queries.Standing:
        """The strip, from the query that also gives count and total."""
        return queries.standing(self.filtered, clock.today())

    @cached_property
    def summed(self) -> Totals:
        """Of everything the filters leave."""
        known = self.standing
        return Totals(known.rows, {"amount": known.amount, "arrived": known.arrived, "gap": known.gap})

    def context(self) -> dict[str, Any]:
        """The strip."""
        return {"standing": self.standing}


class AllocationPage(DetailPage):
    """One allocation: what fed it, what it feeds, what the banks show."""

    permission = Permission.ALLOCATION_VIEW
    own_area = False
    nav = "plans:allocations"
    row = queries.allocation
    template = "plans/allocation.html"
    styles = ("plans/css/flow.css",)

    @property
    def title(self) -> str:  # type: ignore[override]
        """Document and receiver."""
        return f"{self.object.document} {self.object.to_agency.short_name}"

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Back to the list."""
        return (Crumb(_("Allocations"), reverse("plans:allocations")), Crumb(self.object.number))

    @property
    def marks(self) -> SafeString:
        """Its state."""
        return state_pill(tables.ALLOCATED.get(self.object.state, ""), self.object.get_state_display())

    def context(self) -> dict[str, Any]:
        """The chain, its drawing, and what the apps above know of it."""
        found = chain.of(self.object, clock.today(), self.scope)
        return {
            "chain": found,
            "flow": found.flow(),
            "own": found.own,
            "down_totals": chain.totals(found.down),
            "parts": slots.of(self.object, self.scope, self.actor),
            "line_seen": bool(self.object.line and self.scope.contains(self.object.line.region_code)),
        }


class FileList(ListPage):
    """Which sheets were given in, and what became of them."""

    permission = Permission.PLAN_VIEW
    title = gettext_lazy("Plan sheets")
    rows = queries.files
    table, filters = tables.FileTable, tables.FileFilters
    counted = ngettext_lazy("%(n)s sheet", "%(n)s sheets", "count")
    empty = (
        gettext_lazy("No sheet yet"),
        gettext_lazy("Give in a sheet of plan lines first, then one of allocations."),
    )

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """One act."""
        url = reverse("plans:upload")
        return [Act(_("Give in a sheet"), url, "upload", "main", Permission.PLAN_IMPORT)]


class FilePage(DetailPage):
    """One sheet: taken over, or refused with every fault by row and column."""

    permission = Permission.PLAN_VIEW
    nav = "plans:files"
    row = queries.file
    template = "plans/file.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Back to the list."""
        return (Crumb(_("Plan sheets"), reverse("plans:files")), Crumb(self.object.name))

    @property
    def marks(self) -> SafeString:
        """Its fate."""
        return state_pill(tables.TAKEN[self.object.accepted], tables.TAKEN_WORDS[self.object.accepted])

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """A refused sheet is given in again once it is mended."""
        if self.object.accepted:
            return []
        return [Act(_("Give in the mended sheet"), reverse("plans:upload"), "upload", "main", Permission.PLAN_IMPORT)]

    def context(self) -> dict[str, Any]:
        """Faults and history."""
        return {"faults": self.object.errors[:500], "history": audit.history(self.object)}


class Upload(FormPage):
    """Give a sheet in; it is taken over whole or refused with its faults."""

    permission = Permission.PLAN_IMPORT
    nav = "plans:files"
    title = gettext_lazy("Give in a sheet")
    form = forms.SheetForm
    template = "plans/upload.html"
    submit = gettext_lazy("Check and take over")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the list."""
        return reverse("plans:files")

    def save(self, form: forms.SheetForm) -> str:  # type: ignore[override]
        """Import it; its page says what became of it."""
        sheet = form.cleaned_data["sheet"]
        take = {"lines": services.import_lines, "allocations": services.import_allocations}[form.cleaned_data["kind"]]
        with uploads.kept(sheet) as path:
            file = take(path=path, name=sheet.name, by=self.actor)
        self.done = _("The sheet was taken over.") if file.accepted else ""
        return reverse("plans:file", args=[file.pk])


class Blank(Page):
    """The empty sheet of a kind."""

    permission = Permission.PLAN_IMPORT

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As XLSX."""
        kind = kwargs["kind"]
        if kind not in blank_sheets.FORMS:
            raise Http404
        name = f"{blank_sheets.NAMES[kind]}.xlsx"
        answer = HttpResponse(blank_sheets.blank(kind), content_type=XLSX)
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer
