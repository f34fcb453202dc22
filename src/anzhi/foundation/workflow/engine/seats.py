"""Who must act at a step: seats, found when a case reaches it. Where nobody is found, the named queue."""

from dataclasses import dataclass, field
from typing import Any

from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import Agency, Post
from anzhi.foundation.workflow.engine.work import Person, Work
from anzhi.foundation.workflow.engine.writing import ask
from anzhi.foundation.workflow.rules import people
from anzhi.foundation.workflow.rules.plan import Assignee, Kind, Node, Place
from anzhi.foundation.workflow.rules.tally import least

HANDS = "SELECT user_id, step, duty FROM workflow_hand WHERE case_id = %s"
EMPTY, BARRED, FEW = "empty", "barred", "few"


@dataclass(frozen=True)
class Seat:
    """A person, or a role at an office; `queued` with a reason when there is nobody. `holders` could fill it now."""

    agency: Agency
    role: str = ""
    department_id: int | None = None
    person: Person | None = None
    holders: tuple[Person, ...] = ()
    queued: str = ""
    why: dict[str, Any] = field(default_factory=dict)


def office_of(assignee: Assignee, home: Agency) -> Agency | None:
    """The office an assignee is looked for at, seen from where the case began."""
    if assignee.place is Place.AGENCY:
        return accounts.open_agency(assignee.agency)
    if assignee.place is Place.PARENT:
        return home.parent
    if assignee.place is Place.PROVINCE:
        while home.parent is not None:
            home = home.parent
    return home


def seats(work: Work, node: Node, need: str = "") -> list[Seat]:
    """The seats of a step, at least one."""
    home = accounts.with_parents(work.case.agency_id)
    out = people.barred(node, hands_of(work))
    if node.assignee.place is Place.STARTER:
        return [_starter(work, home, out)]
    agency = office_of(node.assignee, home)
    if agency is None:
        return [Seat(home, node.assignee.role, queued=EMPTY, why=_why(node.assignee, home))]
    found = accounts.holders(agency, node.assignee.role, node.assignee.departments)
    if node.kind is Kind.TASK:
        return [_pool(node, agency, found, out)]
    made = _divisions(node, agency, found, out) if node.assignee.departments else _persons(node, agency, found, out)
    short = least(need or node.countersign.need) - len(made)
    return made + [_queue(node, agency, FEW if made else BARRED if found else EMPTY)] * max(short, not made)


def hands_of(work: Work) -> list[people.Hand]:
    """Who had a hand in what, so far."""
    if work.hands is None:
        work.hands = [people.Hand(*row) for row in ask(HANDS, [work.case.pk])]
    return work.hands


def _starter(work: Work, home: Agency, out: dict[int, str]) -> Seat:
    starter = work.case.starter_id
    post = accounts.at_work([starter]).get(starter)
    why = {"rule": "starter", "agency": home.short_name}
    if post is None or starter in out:
        return Seat(home, queued=EMPTY if post is None else BARRED, why=why)
    return Seat(home, person=Person(starter, post.user.name), why=why)


def _pool(node: Node, agency: Agency, found: list[Post], out: dict[int, str]) -> Seat:
    free = _free(found, out)
    if not free:
        return _queue(node, agency, BARRED if found else EMPTY)
    named = bool(node.assignee.departments)
    return Seat(
        agency,
        node.assignee.role,
        found[0].department_id if named else None,
        holders=tuple(free),
        why=_why(node.assignee, agency),
    )


def _persons(node: Node, agency: Agency, found: list[Post], out: dict[int, str]) -> list[Seat]:
    """A seat for each holder; who holds the role twice sits once."""
    why = _why(node.assignee, agency)
    return [Seat(agency, node.assignee.role, None, person, (person,), why=why) for person in _free(found, out)]


def _divisions(node: Node, agency: Agency, found: list[Post], out: dict[int, str]) -> list[Seat]:
    """A seat for each division, filled by any of its holders."""
    made = []
    for name in node.assignee.departments:
        posts = [post for post in found if post.department and post.department.name == name]
        free = tuple(_free(posts, out))
        why = _why(node.assignee, agency) | {"department": name}
        if free:
            made.append(Seat(agency, node.assignee.role, posts[0].department_id, holders=free, why=why))
        else:
            made.append(Seat(agency, node.assignee.role, queued=BARRED if posts else EMPTY, why=why))
    return made


def _free(found: list[Post], out: dict[int, str]) -> list[Person]:
    return list(dict.fromkeys(Person(post.user_id, post.user.name) for post in found if post.user_id not in out))


def _queue(node: Node, agency: Agency, reason: str) -> Seat:
    return Seat(agency, node.assignee.role, queued=reason, why=_why(node.assignee, agency))


def _why(assignee: Assignee, agency: Agency) -> dict[str, Any]:
    return {"rule": str(assignee), "role": assignee.role, "agency": agency.short_name}
