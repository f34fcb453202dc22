"""A list, a detail, a form and an act over regions: the engine's own small site."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import OperationalError, connection
from django.db.models.functions import Length
from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import ngettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.regions.models import Level, Region
from anzhi.foundation.web import columns, filters
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage, Page
from anzhi.foundation.web.tables import Table, Totals
from anzhi.site.urls import handler400, handler403, handler404, handler500  # noqa: F401 — names Django looks for
from anzhi.site.urls import urlpatterns as real

HEIGHTS = {level: number for number, level in enumerate(Level.values)}


class RegionTable(Table):
    order = "code"
    name = columns.Link("名称", url="t:detail", key="code", sort="name", note="level")
    code = columns.Text("代码", sort="code")
    level = columns.State("级别", kinds={"county": "done"})
    amount = columns.Money("金额", lambda row: Decimal(int(row.code[-6:]) - 2300) * 11, signed=True)
    height = columns.Figure("层", lambda row: HEIGHTS[row.level])


class RegionFilters(filters.Filters):
    level = filters.Choice("级别", choices=Level.choices)
    q = filters.Search("名称", lookups=("name__icontains",))
    valid = filters.DateRange("生效", field="valid_from")


class SummedTable(RegionTable):
    digits = columns.Figure("字数", total=True)


def rows(scope: Any) -> Any:
    return Region.objects.filter(code__startswith=scope.prefix)


def one(scope: Any, code: str) -> Any:
    return rows(scope).get(code=code)


class Numbered(ListPage):
    permission = Permission.REGION_VIEW
    title = "地区"
    rows = rows
    table = RegionTable
    filters = RegionFilters
    size = 7


class Seeking(Numbered):
    paging = "seek"


class Detail(DetailPage):
    permission = Permission.REGION_VIEW
    row = one
    crumbs = (Crumb("地区", "/t/list/"), Crumb("一个"))

    @property
    def title(self) -> str:  # type: ignore[override]  # as a page may
        return str(self.object.name)

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]  # as a page may
        rename = f"/t/{self.object.code}/rename/"
        return [
            Act("改名", rename, "pencil", permission=Permission.REGION_IMPORT),
            Act("销号", reason="还差一次核验。"),
            Act("同意", "/t/plain/", kind="main", post=True),
        ]


class NameForm(forms.Form):
    name = forms.CharField(label="名称", max_length=20)


class Rename(FormPage):
    permission = Permission.REGION_IMPORT
    title = "改名"
    form = NameForm
    row = one
    done = "改好了。"
    back = "/t/list/"

    def save(self, form: Any) -> str:
        self.object.name = form.cleaned_data["name"]
        self.object.save()
        if self.object.name == "不行":
            raise ValidationError({"name": "这个名字不行。"})
        if self.object.name == "完全不行":
            raise ValidationError({"elsewhere": "整个不行。"})
        return "/t/list/"


class Touch(ActionPage):
    permission = Permission.REGION_VIEW
    form = NameForm

    def act(self, name: str) -> str:
        return f"/t/list/?q={name}"


class Plain(ActionPage):
    permission = Permission.REGION_VIEW

    def act(self) -> str:
        return "/t/list/"


class Failing(Page):
    public = True

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        errors = {"500": RuntimeError("秘密 5300"), "503": OperationalError("秘密"), "400": SuspiciousOperation("秘密")}
        raise errors[request.GET["kind"]]


class Summed(Numbered):
    """Few rows, all in sight, with a sum over a field of the database."""

    table = SummedTable
    size = 50
    counted = ngettext_lazy("%(n)s region", "%(n)s regions", "count")

    def query(self) -> Any:
        return rows(self.scope).filter(level="county").annotate(digits=Length("name"))


def told(found: Any, asked: Any) -> Totals:
    return Totals(129, {"amount": Decimal(7)}, label="另有汇总", note="不含两州")


class Empty(Numbered):
    def query(self) -> Any:
        return Region.objects.none()


class Told(Seeking):
    totals = told


class Writing(Page):
    permission = Permission.REGION_VIEW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE regions_region SET name = name")
        return HttpResponse("written")


class Open(Page):
    public = True
    title = "公开"
    template = "web/page.html"


mine = (
    [
        path("list/", Numbered.as_view(), name="list"),
        path("seek/", Seeking.as_view(), name="seek"),
        path("open/", Open.as_view(), name="open"),
        path("writing/", Writing.as_view(), name="writing"),
        path("plain/", Plain.as_view(), name="plain"),
        path("failing/", Failing.as_view(), name="failing"),
        path("summed/", Summed.as_view(), name="summed"),
        path("told/", Told.as_view(), name="told"),
        path("none/", Empty.as_view(), name="none"),
        path("touch/", Touch.as_view(), name="touch"),
        path("<str:code>/", Detail.as_view(), name="detail"),
        path("<str:code>/rename/", Rename.as_view(), name="rename"),
    ],
    "t",
)
urlpatterns = [path("t/", include(mine)), *real]
