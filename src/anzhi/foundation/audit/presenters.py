"""Presenters: each kind of event as a sentence, registered by the app whose event it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _


class Told(Protocol):
    """What a sentence is made of."""

    name: str
    actor_label: str
    actor_agency: str
    subject_label: str
    facts: Mapping[str, Any]


Say = Mapping[Any, Any] | Callable[[Any], Any]


@dataclass(frozen=True)
class Presenter:
    """A sentence, and for facts that are codes how each code reads."""

    sentence: Any
    says: Mapping[str, Say]


_known: dict[str, Presenter] = {}


def register(name: str, sentence: Any, **says: Say) -> None:
    """Say how events called `name` read; each app does so in its `presenters.py`.

    `sentence` (lazy) names facts as `%(fact)s`, and actor, agency, subject; who did it stands beside it anyway.
    `says` turns the code in a fact into words: a mapping, or a function.
    """
    if name in _known:
        raise ValueError(f"event {name!r} already has a sentence")
    _known[name] = Presenter(sentence, says)


def known() -> list[tuple[str, str]]:
    """Every name with its sentence, unfilled, by name."""
    return [(name, str(_known[name].sentence)) for name in sorted(_known)]


def sentence(event: Told) -> str:
    """The event in words. A fact that the event does not have reads —; a kind nobody presents says so."""
    presenter = _known.get(event.name)
    if presenter is None:
        return _("An event without a sentence: %(name)s") % {"name": event.name}
    facts = {
        name: _said(presenter.says[name], value) if name in presenter.says else value
        for name, value in event.facts.items()
    }
    facts |= {"actor": event.actor_label, "agency": event.actor_agency, "subject": event.subject_label}
    return str(presenter.sentence) % _Words(facts)


def _said(say: Say, value: Any) -> Any:
    if isinstance(value, list):
        return [_said(say, one) for one in value]
    if callable(say):
        return say(value)
    return say.get(value, value) if isinstance(value, str) else value


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"

    def __getitem__(self, key: str) -> Any:
        return _word(super().__getitem__(key))


def _word(value: Any) -> Any:
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(str(_word(item)) for item in value[:5]) + ("…" if len(value) > 5 else "")
    return value
