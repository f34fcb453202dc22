"""Presenters: each kind of event as a sentence, registered by the app whose event it is."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Told(Protocol):
    """What a sentence is made of."""

    name: str
    actor_label: str
    actor_agency: str
    subject_label: str
    facts: Mapping[str, Any]


_sentences: dict[str, str | Promise] = {}


def register(name: str, sentence: str | Promise) -> None:
    """Say how events called `name` read. `sentence` names facts as `%(fact)s`, and actor, agency, subject."""
    if _sentences.setdefault(name, sentence) != sentence:
        raise ValueError(f"event {name!r} already has a sentence")


def known() -> Iterator[tuple[str, str]]:
    """Every name with its sentence, unfilled, by name."""
    return ((name, str(_sentences[name])) for name in sorted(_sentences))


def sentence(event: Told) -> str:
    """The event in words. A fact that the event does not have reads —; a kind nobody presents says so."""
    words = _Words(event.facts)
    words |= {"actor": event.actor_label, "agency": event.actor_agency, "subject": event.subject_label}
    template = _sentences.get(event.name)
    if template is None:
        return _("An event without a sentence: %(name)s") % {"name": event.name}
    return str(template) % words


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"

    def __getitem__(self, key: str) -> Any:
        return _word(super().__getitem__(key))


def _word(value: Any) -> Any:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(str(_word(item)) for item in value[:5]) + ("…" if len(value) > 5 else "")
    return value
