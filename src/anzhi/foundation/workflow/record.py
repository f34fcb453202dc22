"""All that the page of a case shows to one person."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.calendar.drawing import Drawn
from anzhi.foundation.money import formats
from anzhi.foundation.workflow import explain, offers, queries, story
from anzhi.foundation.workflow.due import Days, clocks_of
from anzhi.foundation.workflow.engine.plans import plan_of
from anzhi.foundation.workflow.models import Attachment, Case, Copy, Task
from anzhi.foundation.workflow.offers import Offer
from anzhi.foundation.workflow.rules.plan import Duty, Plan
from anzhi.foundation.workflow.states import LIVE, Act, TaskState

FIRST = (Act.PASS, Act.VOTE, Act.ANSWER)  # the act with its form in place
BAD = (Act.REJECT, Act.TERMINATE)


@dataclass(frozen=True)
class Button:
    """An act of the case as a link to its form; with a reason it stands greyed."""

    label: Any
    url: str
    kind: str = ""
    reason: Any = ""


@dataclass(frozen=True)
class Waiting:
    """An open task: whose, until when, and what others may do with it."""

    task: Task
    who: str
    due: tuple[str, str]
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """A document the case has, or must have."""

    name: str
    rows: list[Attachment]


class Record:
    """A case as one person sees it; each part is read once, when the page asks for it."""

    def __init__(self, case: Case, by: Actor) -> None:
        self.case, self.by = case, by
        self.live = case.state in LIVE

    @cached_property
    def plan(self) -> Plan:
        """The edition it follows."""
        return plan_of(self.case.definition)

    @cached_property
    def open(self) -> list[Task]:
        """Tasks that wait for somebody."""
        rows = Task.objects.filter(case=self.case, state=TaskState.OPEN).select_related(
            "assignee", "agency", "department", "parent"
        )
        return list(rows.order_by("due_at", "pk")[:60])

    @cached_property
    def mine(self) -> Task | None:
        """The task that waits for this person, by themselves, by role, or on somebody's behalf."""
        found = queries.inbox(self.by).filter(case=self.case).values_list("pk", flat=True).first() if self.live else 0
        return queries.open_task(found) if found else None

    @cached_property
    def desk(self) -> offers.Desk:
        """What my task offers."""
        return offers.desk(self.by, self.mine) if self.mine else offers.Desk()

    @property
    def behalf(self) -> str:
        """Whose task it is, when one acts for another."""
        return self.desk.behalf

    @cached_property
    def first(self) -> Offer | None:
        """The act whose form stands on the page."""
        return next((offer for offer in self.desk.offers if offer.act in FIRST and offer.ok), None)

    @property
    def first_label(self) -> Any:
        """Its verb."""
        return label(self.first.act, self.mine, self.plan) if self.first else ""

    @cached_property
    def buttons(self) -> list[Button]:
        """The other acts on my task."""
        return [self._button(o.act, self.mine, o.reason) for o in self.desk.offers if o is not self.first]

    @cached_property
    def around(self) -> list[Button]:
        """Acts on the case, and taking back what one did."""
        found = []
        done = queries.handled(self.by).filter(case=self.case).values_list("pk", flat=True).first()
        if done and self.live and (task := queries.open_task(done)):
            found.append(self._button(Act.WITHDRAW, task, offers.withdrawal(self.by, task).reason))
        if may(self.by, Permission.CASE_ACT):
            found.append(self._button(Act.CC))
        if self.live and may(self.by, Permission.CASE_SUPERVISE, on=self.case):
            found.append(self._button(Act.PAUSE if self.case.state == "running" else Act.RESUME))
        return found

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Where the case lies now."""
        days = Days()
        return [Waiting(task, self._who(task), days.said(task.due_at), self._beside(task)) for task in self.open]

    @cached_property
    def why(self) -> list[tuple[str, str]]:
        """Why me, why this step, why this deadline."""
        if self.mine is None:
            return []
        told = [(_("Why you"), explain.why_me(self.mine)), (_("Why this deadline"), explain.why_due(self.mine))]
        told.insert(1, (_("Why this step"), " ".join(explain.why_step(self.mine))))
        return [(title, text) for title, text in told if text]

    @property
    def clocks(self) -> list[Drawn]:
        """Both clocks, and that of my step."""
        return clocks_of(self.case, self.mine.visit_id if self.mine else None)

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """What the form says."""
        return [(one.name, said(self.case.facts.get(one.code), one.kind)) for one in self.plan.fields]

    @cached_property
    def trail(self) -> list[story.Told]:
        """What happened, the newest first."""
        return story.told(queries.trail(self.case))[: story.MOST]

    @cached_property
    def papers(self) -> list[Paper]:
        """Documents by the names the steps ask for, then the others; an empty one is missing."""
        wanted = [name for node in self.plan.steps for name in node.attachments]
        rows = list(Attachment.objects.filter(case=self.case).select_related("file").order_by("pk"))
        names = list(dict.fromkeys([*wanted, *(row.name for row in rows)]))
        return [Paper(name, [row for row in rows if row.name == name]) for name in names]

    @property
    def missing(self) -> int:
        """How many documents are asked for and not there."""
        return sum(not paper.rows for paper in self.papers)

    @property
    def may_attach(self) -> bool:
        """Whether this person adds documents."""
        return (
            self.live
            and bool(may(self.by, Permission.CASE_ACT))
            and bool(self.mine or self.case.starter_id == self.by.id)
        )

    @cached_property
    def copy(self) -> Copy | None:
        """A copy this person has not confirmed."""
        return queries.copies(self.by).filter(case=self.case, read_at=None).first()

    def _beside(self, task: Task) -> list[Button]:
        found = []
        over = bool(may(self.by, Permission.CASE_SUPERVISE))
        if self.live and (self.case.starter_id == self.by.id or over):
            found.append(self._button(Act.URGE, task))
        if task.queued and over:
            found.append(self._button(Act.ASSIGN, task))
        asked = task.parent is not None and task.parent.assignee_id == self.by.id
        if asked or (over and (task.parent_id or task.kind == "vote")):
            found.append(self._button(Act.REDUCE_SIGN, task))
        return found

    def _who(self, task: Task) -> str:
        if task.queued:
            return _("nobody found")
        office = task.agency.short_name if task.agency else ""
        name = task.assignee.name if task.assignee else explain.role_name(task.role)
        return f"{office} {name}".strip()

    def _button(self, act: Act, task: Task | None = None, reason: Any = "") -> Button:
        kind = "bad" if act in BAD else ""
        return Button(label(act, task, self.plan), address(self.case, act, task), kind, reason)


def label(act: Act, task: Task | None, plan: Plan) -> Any:
    """The verb of a button: who hands in does not agree."""
    if act is not Act.PASS:
        return act.label
    return _("Hand in") if task and plan[task.step].duty is Duty.SUBMIT else _("Agree")


def address(case: Case, act: Act, task: Task | None = None) -> str:
    """Where an act is done."""
    if task is None:
        return reverse("workflow:act", args=[case.pk, act.value])
    return reverse("workflow:act-task", args=[case.pk, act.value, task.pk])


def said(value: Any, kind: str) -> Any:
    """A fact as it is read."""
    if value in (None, "", []):
        return None
    if kind in ("money", "amount"):
        return formats.figure(Decimal(str(value)))
    return "、".join(map(str, value)) if isinstance(value, list) else value
