"""Declared filters: they live in the address, read as a sentence, and each can be dropped alone."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import DateTimeField, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anzhi.foundation.access.context import Scope, current
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.money import formats
from anzhi.foundation.web import address, places, words


@dataclass(frozen=True)
class Option:
    """One choice of a chip."""

    label: Any
    url: str
    chosen: bool


@dataclass(frozen=True)
class Chip:
    """A filter as the page shows it. `words` is empty when it is not set."""

    kind: str
    name: str
    label: Any
    words: str
    drop: str
    options: list[Option]
    fields: list[tuple[str, Any, str]]  # parameter, label, value
    hidden: list[tuple[str, str]]
    wrong: str = ""

    @property
    def links(self) -> SafeString:
        """The options as links. Joined here, not by the template: a list of areas and banks is half its work."""
        here = mark_safe(' aria-current="true"')
        rows = ((option.url, here if option.chosen else "", option.label) for option in self.options)
        return format_html_join("", '<a class="az-pop-item" href="{}" data-hx-boost="true"{}>{}</a>', rows)


class Filter:
    """One thing to filter by; its parameter is the attribute's name. Base of the kinds below."""

    kind = "choice"
    ends: ClassVar[tuple[str, ...]] = ("",)  # endings of its parameters

    def __init__(self, label: Any, field: str = "") -> None:
        self.label, self.field, self.name = label, field, ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.field = self.field or name

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters it reads."""
        return tuple(self.name + end for end in self.ends)

    def read(self, params: QueryDict) -> Any:
        """The value asked for; None = not asked. Raises ValueError when it makes no sense."""
        return params.get(self.name, "").strip() or None

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows that fit."""
        return rows.filter(**{self.field: value})

    def say(self, value: Any) -> str:
        """The value in words."""
        return str(value)

    def offers(self, value: Any = None) -> list[tuple[str, Any]]:
        """Values to choose from, when they can be listed, given the one chosen now."""
        return []

    def fields(self, params: QueryDict) -> list[tuple[str, Any, str]]:
        """Inputs of the chip's small form: parameter, label, value."""
        return [(self.name, self.label, params.get(self.name, ""))]


class Choice(Filter):
    """One of a few values."""

    def __init__(self, label: Any, field: str = "", *, choices: Any) -> None:
        super().__init__(label, field)
        self.choices = choices

    def offers(self, value: Any = None) -> list[tuple[str, Any]]:
        """The declared choices (a list of pairs, or a function giving one)."""
        found = self.choices() if callable(self.choices) else self.choices
        return [(str(key), label) for key, label in found if key not in ("", None)]

    def read(self, params: QueryDict) -> Any:
        """Only what is offered."""
        value = super().read(params)
        if value is not None and value not in dict(self.offers()):
            raise ValueError(_("There is no choice “%(value)s”.") % {"value": value})
        return value

    def say(self, value: Any) -> str:
        """Its label."""
        return str(dict(self.offers())[value])

    def fields(self, params: QueryDict) -> list[tuple[str, Any, str]]:
        """A chip of choices has links, not inputs."""
        return []


class Ask(Choice):
    """A choice whose rows are found by a function: `ask={"overdue": (label, Q(...) or function(rows))}`."""

    def __init__(self, label: Any, *, ask: dict[str, tuple[Any, Any]]) -> None:
        super().__init__(label, choices=[(key, label) for key, (label, _rows) in ask.items()])
        self.ask = ask

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """By Q or by function."""
        found = self.ask[value][1]
        return rows.filter(found) if isinstance(found, Q) else found(rows)


class Search(Filter):
    """Words to find in some fields: `lookups=("name__icontains", "number__startswith")`. An identity or account
    number is never a filter: it would stand in the address."""

    kind = "text"

    def __init__(self, label: Any, *, lookups: tuple[str, ...]) -> None:
        super().__init__(label)
        self.lookups = lookups

    def read(self, params: QueryDict) -> Any:
        """At most 60 characters, no NUL."""
        value = super().read(params)
        return value.replace("\0", "")[:60] or None if value else None

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """In any of the fields."""
        any_of = Q()
        for lookup in self.lookups:
            any_of |= Q(**{lookup: value})
        return rows.filter(any_of)


class Range(Filter):
    """From … to …, both ends included, each may be open."""

    ends = ("_from", "_to")

    def one(self, text: str) -> Any:
        """One end. Raises ValueError."""
        raise NotImplementedError

    def said(self, value: Any) -> str:
        """One end in words."""
        return str(value)

    def read(self, params: QueryDict) -> Any:
        """Both ends; None when neither is given."""
        low, high = (params.get(name, "").strip() for name in self.params)
        if not low and not high:
            return None
        ends = (self.one(low) if low else None, self.one(high) if high else None)
        if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
            raise ValueError(_("The first value lies after the second."))
        return ends

    def say(self, value: Any) -> str:
        """A to B, from A, to B."""
        low, high = (None if end is None else self.said(end) for end in value)
        if low is None:
            return _("up to %(high)s") % {"high": high}
        if high is None:
            return _("from %(low)s") % {"low": low}
        return _("%(low)s to %(high)s") % {"low": low, "high": high}

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Both ends count."""
        low, high = value
        if low is not None:
            rows = rows.filter(**{f"{self.field}__gte": low})
        if high is not None:
            rows = rows.filter(**{f"{self.field}__lte": high})
        return rows

    def fields(self, params: QueryDict) -> list[tuple[str, Any, str]]:
        """Two inputs."""
        first, last = self.params
        return [
            (first, pgettext("range", "From"), params.get(first, "")),
            (last, pgettext("range", "To"), params.get(last, "")),
        ]


class DateRange(Range):
    """Days; a field of moments is compared by whole days here."""

    kind = "date"

    def one(self, text: str) -> date:
        """2026-11-23."""
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(_("“%(text)s” is not a date; write 2026-11-23.") % {"text": text}) from error

    def said(self, value: date) -> str:
        """11月23日."""
        return words.prose_day(value)

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Whole days, also over moments."""
        if isinstance(rows.model._meta.get_field(self.field.split("__")[0]), DateTimeField):
            low, high = value
            value = (
                low and timezone.make_aware(datetime.combine(low, time.min)),
                high and timezone.make_aware(datetime.combine(high, time.max)),
            )
        return super().apply(rows, value)


class AmountRange(Range):
    """Yuan."""

    kind = "number"

    def one(self, text: str) -> Decimal:
        """With or without thousands."""
        try:
            amount = Decimal(text.replace(",", "").replace("，", ""))
            fits = amount.is_finite() and abs(amount) < 10**15 and round(amount, 2) == amount
        except InvalidOperation:
            fits = False
        if not fits:
            raise ValueError(_("“%(text)s” is not an amount in yuan.") % {"text": text})
        return amount

    def said(self, value: Decimal) -> str:
        """With its unit."""
        return _("%(amount)s yuan") % {"amount": formats.figure(value)}


class Region(Choice):
    """An area below one's own; `field` holds 12-digit codes."""

    kind = "region"

    def __init__(self, label: Any, field: str = "region_code") -> None:
        super().__init__(label, field, choices=())

    def offers(self, value: Any = None) -> list[tuple[str, Any]]:
        """What lies one tier below the chosen area, else below one's own."""
        scope = current()
        below = places.options(prefix_of(value)) if value else []
        return below or places.options(scope.prefix if scope else "")

    def read(self, params: QueryDict) -> Any:
        """Any region of one's own area, listed or not: a link from a map may ask for a town."""
        value = Filter.read(self, params)
        scope = current()
        if value is None:
            return None
        if len(value) != 12 or not value.isascii() or not value.isdigit() or not (scope and scope.contains(value)):
            raise ValueError(_("This area is not one of yours."))
        return value

    def say(self, value: Any) -> str:
        """Its name."""
        return places.name_of(value)

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """By the prefix of the code, as an index range."""
        low, high = Scope(prefix_of(value)).bounds
        return rows.filter(**{f"{self.field}__gte": low, f"{self.field}__lt": high})


class Filters:
    """Subclass with filters. An instance holds what one request asks for."""

    declared: ClassVar[dict[str, Filter]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Collect them."""
        super().__init_subclass__(**kwargs)
        cls.declared = {**cls.declared, **{name: f for name, f in vars(cls).items() if isinstance(f, Filter)}}

    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.values: dict[str, Any] = {}
        self.wrong: dict[str, str] = {}
        for name, one in self.declared.items():
            try:
                value = one.read(params)
            except ValueError as error:
                self.wrong[name] = str(error)
                continue
            if value is not None:
                self.values[name] = value

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit all; one that makes no sense leaves no rows: better none than wrong ones."""
        if self.wrong:
            return rows.none()
        for name, value in self.values.items():
            rows = self.declared[name].apply(rows, value)
        return rows

    def said(self) -> list[tuple[str, str]]:
        """Label and words of each filter that is set."""
        return [(str(self.declared[name].label), self.declared[name].say(value)) for name, value in self.values.items()]

    @property
    def sentence(self) -> str:
        """日期 11月1日 至 11月23日；收支 支出."""
        return _("; ").join(f"{label} {value}" for label, value in self.said())

    @property
    def active(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.values or self.wrong)

    def chips(self) -> list[Chip]:
        """What the filter bar shows."""
        return [self._chip(name, one) for name, one in self.declared.items()]

    def _chip(self, name: str, one: Filter) -> Chip:
        value = self.values.get(name)
        said = one.say(value) if value is not None else ""
        drop = address.changed(self.params, drop=one.params)
        start = drop if drop == "?" else f"{drop}&"
        options = [Option(label, start + urlencode({name: key}), key == value) for key, label in one.offers(value)]
        hidden = address.others(self.params, one.params)
        return Chip(
            one.kind, name, one.label, said, drop, options, one.fields(self.params), hidden, self.wrong.get(name, "")
        )
