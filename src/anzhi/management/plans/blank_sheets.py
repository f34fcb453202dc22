"""The empty sheet people fill in: the header, and beside it what each column takes."""

from io import BytesIO

from django import forms
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from anzhi.management.plans.sheet_rows import FUND_TYPES, AllocationRow, AmountField, FundTypeField, LineRow, RowForm

FORMS: dict[str, type[RowForm]] = {"lines": LineRow, "allocations": AllocationRow}
NAMES = {"lines": "资金计划", "allocations": "资金拨付"}  # file names are read by offices, whatever the page's language
HEAD = PatternFill("solid", fgColor="E2F0F0")


def blank(kind: str) -> bytes:
    """The sheet of a kind as XLSX. Raises KeyError for an unknown kind."""
    form = FORMS[kind]
    book = Workbook()
    page = book.active
    page.title = NAMES[kind]
    page.append(list(form.columns()))
    for at, cell in enumerate(page[1], start=1):
        cell.font, cell.fill = Font(bold=True), HEAD
        page.column_dimensions[get_column_letter(at)].width = 22
    page.freeze_panes = "A2"
    _explain(book, form)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(book: Workbook, form: type[RowForm]) -> None:
    notes = book.create_sheet("填写说明")
    for width, letter in ((20, "A"), (12, "B"), (80, "C")):
        notes.column_dimensions[letter].width = width
    notes.append([_("Column"), _("Needed"), _("What it takes")])
    for field in form.base_fields.values():
        notes.append([str(field.label), _("yes") if field.required else _("no"), _takes(field)])


def _takes(field: forms.Field) -> str:
    if isinstance(field, AmountField):
        return _("Yuan with at most two decimals")
    if isinstance(field, FundTypeField):
        return _("One of: %(names)s") % {"names": "、".join(FUND_TYPES)}
    if isinstance(field, forms.DateField):
        return _("A day, such as 2026-09-10")
    if isinstance(field, forms.IntegerField):
        return _("A year, such as 2026")
    most = getattr(field, "max_length", None)
    return _("Text of at most %(n)s characters") % {"n": most} if most else _("Exactly as registered")
