"""List pages: query, filters, table, totals, paging and export from four declarations."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from anzhi.foundation.web import address, export
from anzhi.foundation.web.filters import Filters
from anzhi.foundation.web.pages import RowPage
from anzhi.foundation.web.paging import SIZE, Chunk, numbered, seek
from anzhi.foundation.web.requests import Request
from anzhi.foundation.web.tables import Table, Totals


class ListPage(RowPage, abstract=True):
    """Find one row or be sure of a sum.

    `rows`: a query function `(scope)` → queryset (or override `query()`). `totals`: a function
    `(filtered queryset, filters)` → Totals; by default numbered lists count and sum in one query and
    seeking lists do not. `empty`: title and sentence when there is nothing at all.
    """

    template = "web/list.html"
    rows: ClassVar[Callable[..., QuerySet[Any]]]
    table: ClassVar[type[Table]]
    filters: ClassVar[type[Filters]] = Filters
    totals: ClassVar[Callable[..., Totals] | None] = None
    paging: ClassVar[str] = "numbered"  # or "seek"
    size: ClassVar[int] = SIZE
    export: ClassVar[bool] = True
    counted: ClassVar[Any] = ngettext_lazy("%(n)s row", "%(n)s rows", "count")  # how its rows are counted in words
    empty: ClassVar[tuple[Any, Any]] = (_("Nothing here yet"), _("Rows appear as soon as there are any."))

    def query(self) -> QuerySet[Any]:
        """All rows of this list before filtering."""
        return type(self).rows(self.scope)

    @cached_property
    def asked(self) -> Filters:
        """The filters of this request."""
        return self.filters(self.request.GET)

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        """The rows that the filters leave."""
        return self.asked.apply(self.query())

    @cached_property
    def summed(self) -> Totals:
        """The total row."""
        given = type(self).totals
        if given is not None:
            return given(self.filtered, self.asked)
        return self.table.sums(self.filtered) if self.paging == "numbered" else Totals()

    @cached_property
    def order(self) -> tuple[str, bool]:
        """Field and direction."""
        return self.table.ordering(self.request.GET.get("sort", ""))

    @cached_property
    def chunk(self) -> Chunk:
        """The rows of this page."""
        params = self.request.GET
        if self.paging == "seek":
            return seek(self.filtered, *self.order, params.dict(), self.size)
        count = self.summed.count or 0
        return numbered(self.filtered, *self.order, params.get("page", ""), count, self.size)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The whole page, its rows alone for htmx, or a file."""
        _row = self.object
        if self.export and (kind := request.GET.get("export", "")) in export.KINDS:
            return export.respond(self, kind)
        partial = (request.htmx.target or "").endswith("#rows")
        response = self.render("web/_rows.html" if partial else "")
        patch_vary_headers(response, ["HX-Target"])
        return response

    def after_read(self, response: HttpResponseBase) -> None:
        """An export leaves its trace once the ban on writing is lifted."""
        if isinstance(response, export.Sheet):
            export.tell(self.actor, self, response)

    def render(self, template: str = "", status: int = 200, **more: Any) -> HttpResponse:
        """With everything the rows need."""
        return super().render(template, status, **self._parts(), **more)

    def _parts(self) -> dict[str, Any]:
        params, chunk = self.request.GET, self.chunk
        columns = self.table.shown(chunk.rows)
        return {
            "row": self.object,
            "chips": self.asked.chips(),
            "filters": self.asked,
            "heads": [self._head(column) for column in columns],
            "body": self.table.body(chunk.rows, columns),
            "foot": export.foot(self, columns) if chunk.rows else None,
            "totals": self.summed,
            "count_words": self._count_words(),
            "agreement": self._agreement(chunk.rows) if not chunk.before and not chunk.after else "",
            "chunk": chunk,
            "before": address.moved(params, chunk.before) if chunk.before else "",
            "after": address.moved(params, chunk.after) if chunk.after else "",
            "sheets": self._sheets(),
            "clear": address.changed(params, drop=tuple(p for f in self.filters.declared.values() for p in f.params)),
        }

    def _sheets(self) -> list[tuple[str, str]]:
        kinds = export.KINDS if self.export else ()
        return [(kind, address.changed(self.request.GET, {"export": kind})) for kind in kinds]

    def _count_words(self) -> str:
        count = self.summed.count
        return "" if count is None else str(self.counted % {"count": count, "n": f"{count:,}"})

    def _agreement(self, rows: list[Any]) -> str:
        """Where all rows are in sight, whether they add up to the total: said, not assumed."""
        values = {name: value for name, value in self.summed.values.items() if value is not None}
        if not values:
            return ""
        columns = self.table.columns
        added = {name: sum(columns[name].value(row) or 0 for row in rows) for name in values}
        return now_("equal to the rows listed") if added == values else now_("not equal to the rows listed")

    def _head(self, column: Any) -> dict[str, Any]:
        field, down = self.order
        if not column.sort:
            return {"label": column.head, "css": column.css}
        here = column.sort == field
        wanted = f"{'' if here and down else '-'}{column.name}"
        url = address.changed(self.request.GET, {"sort": wanted})
        return {
            "label": column.head,
            "css": column.css,
            "url": url,
            "sorted": ("descending" if down else "ascending") if here else "",
        }
