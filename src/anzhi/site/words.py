"""The tables of `docs/glossary.md` made from the code: choices, roles, permissions, indicators, kinds of rules."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Choices, Model
from django.utils.functional import Promise
from django.utils.translation import override

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.access.sentences import SENTENCES
from anzhi.network.indicators import registry as indicators
from anzhi.supervision.alerts.types.catalogue import TYPES

MARK = "<!-- From here on written by `./anzhi manage glossary --write`. -->"
Row = tuple[str, Any]


def render(head: str) -> str:
    """The page: what people wrote up to the mark, then the tables."""
    return head.partition(MARK)[0] + MARK + "\n" + "".join(tables())


def tables() -> Iterator[str]:
    """Roles, permissions, indicators, kinds of alerts, then the choices by app."""
    yield table("Roles", ((role.code, (role.zh, role.en)) for role in ROLES.values()))
    yield table("Permissions", ((permission.value, SENTENCES[permission]) for permission in Permission))
    yield table("Indicators", ((one.code, one.name) for one in indicators.open_to(SYSTEM)))
    yield table("Kinds of alerts", ((rule.code, (rule.label, "")) for rule in TYPES.values()))
    for name, rows in choices():
        yield table(name, rows)


def table(name: str, rows: Iterable[Row]) -> str:
    """One table under its heading."""
    lines = "".join(f"| `{code}` | {' | '.join(both(label))} |\n" for code, label in rows)
    return f"\n### {name}\n\n| code | 中文 | English |\n|---|---|---|\n{lines}"


def both(label: Any) -> tuple[str, str]:
    """A label in Chinese and English; a pair is both already."""
    if isinstance(label, tuple):
        return label
    words = []
    for language in ("zh-hans", "en"):
        with override(language):
            words.append(str(label))
    return words[0], words[1]


def choices() -> Iterator[tuple[str, list[Row]]]:
    """Every set of choices, by app: classes of choices, and lists that stand on a field alone."""
    named = sorted(family(Choices), key=lambda known: (known.__module__, known.__qualname__))
    found = [(f"{known.__module__.split('.')[2]} · {known.__name__}", rows_of(known)) for known in named]
    values = {frozenset(str(code) for code, _label in rows) for _name, rows in found}
    for model in own_models():
        for field in model._meta.get_fields():
            given = getattr(field, "choices", None)
            if given and frozenset(str(code) for code, _label in given) not in values:
                found.append((f"{model._meta.app_label} · {model.__name__}.{field.name}", list(given)))
    yield from sorted(found, key=lambda known: known[0])


def family(parent: type[Choices]) -> set[type[Choices]]:
    """Classes of choices of ours, however deep."""
    below = {deeper for child in parent.__subclasses__() for deeper in family(child) | {child}}
    return {known for known in below if known.__module__.startswith("anzhi.")}


def rows_of(known: type[Choices]) -> list[Row]:
    """Value and label (still to be translated) of each member."""
    return [(str(member.value), label_of(member)) for member in known]  # type: ignore[attr-defined]  # an enum


def label_of(member: Any) -> Promise | str:
    """The label before it is put into the language of the moment."""
    return member._label_


def own_models() -> list[type[Model]]:
    """Models of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("anzhi.")]
