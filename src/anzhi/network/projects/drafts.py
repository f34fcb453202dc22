"""A row as it would be: judged and stored before the one at hand is touched, which a refusal leaves as it was."""

from collections.abc import Mapping
from copy import copy
from typing import Any, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def drafted(row: Row, facts: Mapping[str, Any]) -> Row:
    """A copy with these facts."""
    return adopted(copy(row), facts)


def adopted(row: Row, facts: Mapping[str, Any]) -> Row:
    """The row itself, with these facts."""
    for name, value in facts.items():
        setattr(row, name, value)
    return row
