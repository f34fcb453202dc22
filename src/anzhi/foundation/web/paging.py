"""Which rows of a list stand on this page: numbered for short lists, by seeking for long ones."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured, ValidationError
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from anzhi.foundation.web.cells import follow

SIZE = 50


@dataclass(frozen=True)
class Chunk:
    """The rows of one page, and the parameters of its neighbours ({} = none)."""

    rows: list[Any]
    before: dict[str, str]
    after: dict[str, str]
    number: int = 0
    numbers: int = 0


def ordered(rows: QuerySet[Any], name: str, down: bool) -> QuerySet[Any]:
    """By the field, then by key, both the same way: one index serves, and no two rows tie."""
    sign = "-" if down else ""
    return rows.order_by(sign + name, sign + "pk")


def numbered(rows: QuerySet[Any], name: str, down: bool, page: str, count: int, size: int = SIZE) -> Chunk:
    """Page `page` of a list whose count is known; out of range is the nearest page."""
    pages = max(1, -(-count // size))
    at = min(max(int(page), 1), pages) if page.isascii() and page.isdigit() and len(page) < 9 else 1
    found = list(ordered(rows, name, down)[(at - 1) * size : at * size])
    before = {"page": str(at - 1)} if at > 1 else {}
    after = {"page": str(at + 1)} if at < pages else {}
    return Chunk(found, before, after, at, pages)


def seek(rows: QuerySet[Any], name: str, down: bool, marks: dict[str, str], size: int = SIZE) -> Chunk:
    """The page after or before a mark: never counts, never skips over rows. A broken mark is the first page."""
    column = _field(rows.model, name)
    back = "before" in marks and "after" not in marks
    mark = _read(marks.get("before" if back else "after", ""), column, rows.model)
    if mark is None:
        back = False
    else:
        beyond = TupleGreaterThan if down == back else TupleLessThan
        rows = rows.filter(beyond((F(name), F("pk")), mark))
    found = list(ordered(rows, name, down != back)[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    behind, ahead = (more, True) if back else (mark is not None, more)
    return Chunk(
        found,
        {"before": write(found[0], name)} if found and behind else {},
        {"after": write(found[-1], name)} if found and ahead else {},
    )


def write(row: Any, name: str) -> str:
    """The mark of a row: where it stands in the order."""
    value = follow(row, name)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return base64.urlsafe_b64encode(json.dumps([text, str(row.pk)]).encode()).decode().rstrip("=")


def _read(mark: str, column: Any, model: type[Model]) -> tuple[Any, Any] | None:
    try:
        value, key = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        return column.to_python(str(value)), model._meta.pk.to_python(str(key))
    except (ValueError, TypeError, binascii.Error, ValidationError):
        return None


def _field(model: type[Model], name: str) -> Any:
    owner: Any = model
    try:
        for step in name.split("__"):
            found = owner._meta.pk if step == "pk" else owner._meta.get_field(step)
            owner = found.related_model
    except FieldDoesNotExist as error:
        raise ImproperlyConfigured(f"{name!r} is no field of {model.__name__} to seek by") from error
    if found.null:
        raise ImproperlyConfigured(f"{model.__name__}.{name} may be null: seeking would lose rows")
    return found
