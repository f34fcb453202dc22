"""The kinds of columns a table can declare."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.secrets import mask
from anzhi.foundation.money import formats
from anzhi.foundation.web import address, cells, words


class Column:
    """Text, left. `source` is a path or a function of the row (default: the attribute's own name).

    `sort`: the model field to order by (indexed, never null); empty: no sort link. `note`: path or function
    of a grey second line. `phone`: where it stands on a card: title, amount, note, state, more or hide.
    `total=True`: summed in the total row. `unit` stands in the head. `drop=True`: left out when empty on a page.
    """

    css = ""
    phone = ""
    bare = False  # True: the cell is a control, left out of sheets
    number_format = ""  # of the sheet cell

    def __init__(
        self,
        label: Any,
        source: cells.Source = "",
        *,
        sort: str = "",
        note: cells.Source = "",
        phone: str = "",
        total: bool = False,
        unit: Any = "",
        drop: bool = False,
        href: Callable[[Any], str] | None = None,
    ) -> None:
        self.label, self.source, self.sort, self.note = label, source, sort, note
        self.total, self.unit, self.drop, self.href = total, unit, drop, href
        self.phone = phone or self.phone
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.source = self.source or name

    @property
    def head(self) -> str:
        """The words of the head, with the unit."""
        return _("%(label)s (%(unit)s)") % {"label": self.label, "unit": self.unit} if self.unit else str(self.label)

    def value(self, row: Any) -> Any:
        """What the cell is about."""
        return cells.follow(row, self.source)

    def text(self, value: Any) -> Any:
        """The value as it is read."""
        return value

    def html(self, row: Any) -> SafeString | str:
        """The cell on screen."""
        value = self.value(row)
        shown = self.body(row, value) if value not in (None, "") else cells.NONE
        if self.href and (way := self.href(row)):
            shown = format_html('<a href="{}">{}</a>', way, shown)
        note = cells.follow(row, self.note) if self.note else None
        if note:
            return format_html("{}<small>{}</small>", shown, note)
        return conditional_escape(shown)

    def body(self, row: Any, value: Any) -> Any:
        """The cell of a value that is there."""
        return self.text(value)

    def sheet(self, row: Any) -> Any:
        """The cell in a CSV or XLSX file: a number stays a number."""
        value = self.value(row)
        return "" if value is None else str(self.text(value))

    def footed(self, total: Any) -> Any:
        """The total in such a file, in the unit of the column."""
        return total

    def aggregate(self) -> Any:
        """The expression of the total row."""
        return Sum(str(self.source).replace(".", "__"))


class Text(Column):
    """Plain words."""


class Link(Column):
    """The first column: what it is, leading to its page. `url` is a url name taking `key` (default pk)."""

    phone = "title"

    def __init__(self, label: Any, source: cells.Source = "", *, url: str, key: str = "pk", **options: Any) -> None:
        super().__init__(label, source, href=lambda row: address.page(url, cells.follow(row, key)), **options)


class Figure(Column):
    """A whole number or a decimal, right, thousands apart."""

    css = "az-num"
    number_format = "#,##0"

    def __init__(self, label: Any, source: cells.Source = "", *, decimals: int = 0, **options: Any) -> None:
        super().__init__(label, source, **options)
        self.decimals = decimals

    def text(self, value: Any) -> str:
        """With thousands."""
        return formats.figure(Decimal(str(value)), self.decimals)

    def sheet(self, row: Any) -> Any:
        """A number."""
        return self.value(row)


class Money(Figure):
    """Yuan with two decimals, the unit in the head. `signed`: + in green for what comes in."""

    phone = "amount"
    number_format = "#,##0.00"

    def __init__(self, label: Any, source: cells.Source = "", *, signed: bool = False, **options: Any) -> None:
        options.setdefault("unit", gettext_lazy("yuan"))
        super().__init__(label, source, decimals=2, **options)
        self.signed = signed

    def body(self, row: Any, value: Any) -> Any:
        """Signed amounts carry their sign; what came in is green."""
        if not self.signed:
            return self.text(value)
        return format_html('<b class="{}">{}</b>', "az-plus" if value > 0 else "az-minus", formats.signed(value))


class Date(Column):
    """A day, or with `time=True` a moment (`seconds=True` on bank rows)."""

    css = "az-nowrap"

    def __init__(
        self, label: Any, source: cells.Source = "", *, time: bool = False, seconds: bool = False, **options: Any
    ) -> None:
        super().__init__(label, source, **options)
        self.time, self.seconds = time, seconds

    def text(self, value: Any) -> str:
        """Short on screen."""
        if self.time and isinstance(value, datetime):
            return words.table_time(value, self.seconds)
        return words.table_day(value)

    def sheet(self, row: Any) -> Any:
        """Whole in a sheet, year first."""
        value = self.value(row)
        if value is None:
            return ""
        if self.time and isinstance(value, datetime):
            return f"{words.timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
        return f"{words.local_day(value):%Y-%m-%d}"


class State(Column):
    """A soft pill. `kinds` maps a value to "", run, wait, done or bad; words from the field's choices or `labels`."""

    phone = "state"

    def __init__(
        self,
        label: Any,
        source: cells.Source = "",
        *,
        kinds: dict[Any, str],
        labels: dict[Any, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, source, **options)
        self.kinds, self.labels = kinds, labels

    def said(self, row: Any, value: Any) -> str:
        """The state's name."""
        if self.labels is not None:
            return str(self.labels.get(value, value))
        display = getattr(row, f"get_{self.source}_display", None)
        return str(display() if display else value)

    def body(self, row: Any, value: Any) -> SafeString:
        """The pill."""
        return cells.state_pill(self.kinds.get(value, ""), self.said(row, value))

    def sheet(self, row: Any) -> Any:
        """The state's name."""
        value = self.value(row)
        return "" if value is None else self.said(row, value)


class Level(Column):
    """The alert level's shape; `worded=True` adds the word."""

    phone = "state"

    def __init__(self, label: Any, source: cells.Source = "", *, worded: bool = False, **options: Any) -> None:
        super().__init__(label, source, **options)
        self.worded = worded

    def text(self, value: Any) -> str:
        """Its name."""
        return cells.level_name(value)

    def body(self, row: Any, value: Any) -> SafeString:
        """Its shape."""
        return cells.level_glyph(value, cells.level_name(value) if self.worded else None)

    def html(self, row: Any) -> SafeString | str:
        """No alert is an empty cell, not a dash."""
        return super().html(row) if self.value(row) else ""


class Masked(Column):
    """An account or identity number: first and last four only, in sheets too."""

    css = "az-mask"

    def text(self, value: Any) -> str:
        """Stars between."""
        return mask(str(value))


class Made(Column):
    """Anything else: `make(row)` gives safe HTML, the source gives the sheet's text."""

    def __init__(
        self, label: Any, source: cells.Source = "", *, make: Callable[[Any], SafeString], **options: Any
    ) -> None:
        super().__init__(label, source, **options)
        self.make = make

    def html(self, row: Any) -> SafeString:
        """As made."""
        return self.make(row)


BY_VALUE = (Date, State, Level)  # equal values look equal; not so their subclasses, which may look at the row


def by_value(column: Column) -> bool:
    """Whether a cell of this column is known from its value alone."""
    return type(column) in BY_VALUE and not column.href and not column.note
