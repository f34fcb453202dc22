"""What a whole sheet must satisfy beyond each row: known offices, no repeats, no more than planned."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from anzhi.foundation.money import formats
from anzhi.management.plans.sheet_rows import RowForm
from anzhi.management.plans.sheets import Fault


@dataclass
class Sheet:
    """Cleaned rows with their numbers, and every fault found."""

    form: type[RowForm]
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def label(self, name: str) -> str:
        """The column of a field."""
        return str(self.form.base_fields[name].label)

    def fault(self, row: int, name: str, message: str) -> None:
        """Note one."""
        self.faults.append(Fault(row, self.label(name), message))


def read(form: type[RowForm], rows: Iterable[tuple[int, dict[str, str]]]) -> Sheet:
    """Clean each row; all faults are collected, none stops the others."""
    sheet = Sheet(form)
    for number, row in rows:
        bound = form.of(row)
        if bound.is_valid():
            sheet.rows.append((number, bound.cleaned_data))
        for name, messages in bound.errors.items():
            for message in messages:
                sheet.fault(number, name, str(message))
    return sheet


def known(sheet: Sheet, name: str, have: dict[str, Any], message: str) -> None:
    """Replace the text in a field by what it names; an empty optional one becomes None."""
    for number, row in sheet.rows:
        text = row[name]
        if text and text not in have:
            sheet.fault(number, name, message % {"value": text})
        row[name] = have.get(text) if text else None


def unrepeated(sheet: Sheet, existing: set[str]) -> None:
    """Numbers are unique in the sheet and new to the register."""
    times = Counter(row["number"] for _number, row in sheet.rows)
    for number, row in sheet.rows:
        if times[row["number"]] > 1:
            sheet.fault(number, "number", _("This number stands twice in the sheet."))
        elif row["number"] in existing:
            sheet.fault(number, "number", _("This number is already registered; leave the row out."))


def chained(sheet: Sheet) -> None:
    """An allocation passes on what its sender was given, for what it was given."""
    for number, row in sheet.rows:
        line, upper = row["line"], row["upstream"]
        if upper is not None and upper.to_agency_id != row["from_agency"].pk:
            sheet.fault(number, "upstream", _("That allocation went to another office than this sender."))
        elif upper is not None and upper.state == "cancelled":
            sheet.fault(number, "upstream", _("That allocation was cancelled; name the one in its place."))
        if any(source is not None and source.fund_type != row["fund_type"] for source in (line, upper)):
            sheet.fault(number, "fund_type", _("The plan line or the allocation above is of another type of fund."))


def within(sheet: Sheet, name: str, left: dict[int, Decimal]) -> None:
    """The rows drawn from one plan line (or upstream allocation) do not exceed what is left of it (yuan)."""
    drawn: defaultdict[int, Decimal] = defaultdict(Decimal)
    for number, row in sheet.rows:
        source = row[name]
        if source is None:
            continue
        drawn[source.pk] += row["amount"]
        if drawn[source.pk] > left[source.pk]:
            over = formats.figure(drawn[source.pk] - left[source.pk])
            sheet.fault(
                number, "amount", _("Exceeds what is left by %(over)s yuan; adjust the plan first.") % {"over": over}
            )
