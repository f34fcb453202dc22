"""A county, its prefecture and the province at work, and shorthand for acting on cases."""

from itertools import count
from typing import Any

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.accounts.models import User
from anzhi.foundation.accounts.queries import actor_for
from anzhi.foundation.workflow.bpmn.drawing import drawn
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.models import Case, Definition, LogEntry, Task, Visit
from anzhi.foundation.workflow.rules.plan import Plan
from anzhi.foundation.workflow.services import acts, definitions
from anzhi.foundation.workflow.states import Act, TaskState
from harness.people import user_at

keys = count(1)
COUNTY, PREFECTURE, PROVINCE = "532328", "5323", "53"


def somebody(*roles: str, region: str = COUNTY, name: str = "") -> Actor:
    """A person at work, as an actor."""
    return actor_for(user_at(*roles, region=region, name=name or f"人{next(keys)}"))


def user(actor: Actor) -> User:
    """The row of an actor."""
    return User.objects.get(pk=actor.id)


class Offices:
    """One person for each step of `drawings.chain`, and a second leader."""

    def __init__(self) -> None:
        self.starter = somebody("officer", name="起国栋")
        self.checker = somebody("fund_monitor", name="杨若岚")
        self.reviewer = somebody("officer", region=PREFECTURE, name="李文渊")
        self.decider = somebody("leader", region=PROVINCE, name="高鸿儒")
        self.leader = somebody("leader", name="周明德")


def in_force(plan: Plan) -> Definition:
    """Publish a plan, in place of what its key had."""
    Definition.objects.filter(key=plan.key, state="published").update(state="retired")
    row = definitions.draft(by=SYSTEM, xml=drawn(plan))
    definitions.send_to_review(by=SYSTEM, definition=row)
    return definitions.publish(by=SYSTEM, definition=row, accept_holes=True)


def begin(by: Actor, key: str = "outline", **more: Any) -> Case:
    """A case handed in."""
    told: dict[str, Any] = {"title": "糯扎渡水电站规划大纲", "facts": {}} | more
    done = acts.start(by=by, key=f"k{next(keys)}", definition=key, **told)
    return Case.objects.get(pk=done.case)


def tasks(case: Case, **which: Any) -> list[Task]:
    """Open tasks in order."""
    told = {"state": TaskState.OPEN} | which
    return list(Task.objects.filter(case=case, **told).order_by("pk"))


def task(case: Case, step: str = "", **which: Any) -> Task:
    """The one open task, perhaps at a step."""
    (found,) = tasks(case, **({"step": step} if step else {}), **which)
    return found


def do(by: Actor, act: Act, on: Task | Case, **said: Any) -> acts.Done:
    """One act with a fresh key; `expect` and `key` are the door's, the rest is what is said."""
    door = {name: said.pop(name) for name in ("expect", "key") if name in said}
    where = {"task": on.pk} if isinstance(on, Task) else {"case": on.pk}
    return acts.act(by=by, act=act, key=door.pop("key", f"k{next(keys)}"), **where, **door, said=Said(**said))


def walk(case: Case, *people: Actor) -> Case:
    """Each of these people passes the one open task."""
    for person in people:
        do(person, Act.PASS, task(case))
    case.refresh_from_db()
    return case


def trail(case: Case) -> list[str]:
    """What the log holds, in order: act and step."""
    rows = LogEntry.objects.filter(case=case).order_by("number")
    return [f"{row.act} {row.step}".strip() for row in rows]


def rounds(case: Case) -> list[str]:
    """Every round of every step, with its state."""
    rows = Visit.objects.filter(case=case).order_by("pk")
    return [f"{row.step}{row.round} {row.state}" for row in rows]
