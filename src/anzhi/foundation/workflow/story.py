"""The trail of a case as its page tells it: who, on behalf of whom, when, how long it lay there, and the opinion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anzhi.foundation.web.words import person
from anzhi.foundation.workflow.models import LogEntry
from anzhi.foundation.workflow.states import Act, Entry

INNER = (Entry.SENT, Entry.ROUTED, Act.OPEN, Act.READ)  # told by what follows them
BAD = (Act.REJECT, Act.RETURN, Act.TERMINATE, Entry.ALARM)
MOST = 300


@dataclass(frozen=True)
class Told:
    """One step of the trail, as `web/ui/trail.html` takes it."""

    kind: str
    title: str
    who: str
    at: datetime
    said: str
    url: str = ""


def told(entries: Iterable[LogEntry]) -> list[Told]:
    """The newest first; entries must come in their order."""
    reached: dict[tuple[str, int], datetime] = {}
    found = []
    for entry in entries:
        place = (entry.step, entry.round)
        if entry.act == Entry.SENT:
            reached.setdefault(place, entry.at)
        if entry.act not in INNER:
            took = entry.at - reached[place] if place in reached and entry.task_id else None
            found.append(_told(entry, took))
    return found[::-1]


def length(took: timedelta) -> str:
    """How long it lay there: days, else hours, else minutes."""
    if took.days:
        return ngettext("%(n)d day", "%(n)d days", took.days) % {"n": took.days}
    hours, minutes = took.seconds // 3600, max(1, took.seconds // 60)
    if hours:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _told(entry: LogEntry, took: timedelta | None) -> Told:
    kind = "bad" if entry.act in BAD else "done"
    title = _("%(step)s: %(act)s") if entry.step_name else "%(act)s"
    words = {"step": entry.step_name, "act": _act(entry)}
    return Told(kind, title % words, _who(entry, took), entry.at, _said(entry))


def _act(entry: LogEntry) -> str:
    if entry.act == Act.VOTE:
        choice = {"pass": _("agreed"), "reject": _("against"), "abstain": _("abstained")}
        return choice.get(entry.detail.get("choice", ""), "")
    if entry.act == Act.RETURN and entry.detail.get("to_name"):
        return _("sent back to “%(step)s”") % {"step": entry.detail["to_name"]}
    return entry.get_act_display()


def _who(entry: LogEntry, took: timedelta | None) -> str:
    name = person(entry.actor_label)
    who = f"{entry.actor_agency} {name}".strip()
    if entry.behalf_label:
        who = _("%(who)s on behalf of %(behalf)s") % {"who": who, "behalf": entry.behalf_label}
    return _("%(who)s, after %(length)s") % {"who": who, "length": length(took)} if took else who


def _said(entry: LogEntry) -> str:
    parts = [entry.opinion, *_items(entry.detail)]
    if people := entry.detail.get("people"):
        parts.append(_("To: %(names)s") % {"names": "、".join(people)})
    if entry.act in (Act.TRANSFER, Act.ASSIGN) and entry.detail.get("to"):
        parts.append(_("To: %(names)s") % {"names": entry.detail["to"]})
    return "\n".join(part for part in parts if part)


def _items(detail: dict[str, Any]) -> list[str]:
    return [f"{number}. {item}" for number, item in enumerate(detail.get("items") or [], 1)]
