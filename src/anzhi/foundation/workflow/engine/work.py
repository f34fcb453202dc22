"""One act on one case, as it goes along: the locked row, its plan, who acts, and the log that is written at its end."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.workflow.engine import writing
from anzhi.foundation.workflow.models import Case, LogEntry, Task, Visit
from anzhi.foundation.workflow.registry import Moment
from anzhi.foundation.workflow.rules import chain
from anzhi.foundation.workflow.rules.people import Hand
from anzhi.foundation.workflow.rules.plan import Node, Plan


@dataclass(frozen=True)
class Person:
    """Somebody, by id and name."""

    id: int
    name: str


@dataclass
class Work:
    """`behalf` is whose desk it lies on, when that is another's. Ends with `finish`, which writes log and case."""

    case: Case
    plan: Plan
    by: Actor
    now: datetime
    behalf: Person | None = None
    moved: bool = False
    written: list[LogEntry] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    hands: list[Hand] | None = None

    @property
    def who(self) -> int:
        """The id of who acts; 0 for the system."""
        return self.by.id or 0

    def node(self, visit: Visit | Task) -> Node:
        """The node a round or task is at."""
        return self.plan[visit.step]

    def moment(self, step: str, outcome: str = "") -> Moment:
        """What conditions and effects are told."""
        return Moment(self.case, self.case.facts, self.by, step, outcome)

    def log(
        self, act: str, *, visit: Visit | None = None, task: Task | None = None, opinion: str = "", **detail: Any
    ) -> LogEntry:
        """One entry, chained to the one before."""
        self.case.entries += 1
        entry = LogEntry(
            case=self.case,
            region_code=self.case.region_code,
            number=self.case.entries,
            at=self.now,
            act=act,
            step=visit.step if visit else "",
            step_name=self.plan[visit.step].name if visit and visit.step in self.plan else "",
            round=visit.round if visit else 0,
            task_id=task.pk if task else None,
            actor_id=self.by.id,
            actor_label=self.by.name,
            actor_agency=self.by.agency_name,
            behalf_id=self.behalf.id if self.behalf else None,
            behalf_label=self.behalf.name if self.behalf else "",
            opinion=opinion,
            detail=json.loads(json.dumps(detail, cls=DjangoJSONEncoder)),
        )
        entry.hash = self.case.head = chain.link(bytes(self.case.head), told(entry))
        self.written.append(entry)
        return entry

    def finish(self) -> None:
        """Write the log and the case. A case that moved counts its version up."""
        writing.add(self.written)
        self.case.version += self.moved
        writing.change(self.case, "entries", "head", "version", *sorted(self.touched))
        self.written, self.moved, self.touched = [], False, set()


def told(entry: LogEntry) -> dict[str, Any]:
    """What an entry's hash covers: everything but the hash."""
    return {
        "case": entry.case_id,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(),
        "act": str(entry.act),
        "step": [entry.step, entry.step_name, entry.round],
        "task": entry.task_id,
        "actor": [entry.actor_id, entry.actor_label, entry.actor_agency],
        "behalf": [entry.behalf_id, entry.behalf_label],
        "opinion": entry.opinion,
        "detail": entry.detail,
    }
