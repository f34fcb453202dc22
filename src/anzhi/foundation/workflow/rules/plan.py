"""A definition as the engine and the plain form know it: nodes, the ways between them, limits. Pure data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

PASS, REJECT, ABSTAIN = "pass", "reject", "abstain"


class Kind(StrEnum):
    """What a node is."""

    TASK = "task"
    COUNTERSIGN = "countersign"
    CHOICE = "choice"  # the first way whose named condition holds
    RULE = "rule"  # a decision table names the way
    FORK = "fork"
    JOIN = "join"
    CALL = "call"  # a case of another definition
    END = "end"


class Duty(StrEnum):
    """Separation of duty: nobody has two of these in one case."""

    NONE = ""
    SUBMIT = "submit"
    REVIEW = "review"
    DECIDE = "decide"


class Place(StrEnum):
    """Where an assignee is looked for, seen from the office the case began at."""

    STARTER = "starter"  # the person who began the case
    SELF = "self"
    PARENT = "parent"
    PROVINCE = "province"
    AGENCY = "agency"  # a named office


class Returns(StrEnum):
    """How far back a step may send a case."""

    ANY = "any"
    PREVIOUS = "previous"
    START = "start"
    NONE = "none"


class Resume(StrEnum):
    """After a return: step by step again, or straight back to who returned it."""

    STEP = "step"
    JUMP = "jump"


class Timing(StrEnum):
    """What a step does to the clocks of its case."""

    RUNS = ""
    STARTS = "starts"  # they begin once this step is passed (受理)
    EXCLUDED = "excluded"  # they stand still while it is open (专家评审)


class Result(StrEnum):
    """How a case ends."""

    APPROVED = "approved"
    REJECTED = "rejected"


HUMAN = (Kind.TASK, Kind.COUNTERSIGN)


@dataclass(frozen=True)
class Assignee:
    """A role somewhere. With `departments` it is held in each of them."""

    role: str = ""
    place: Place = Place.SELF
    agency: str = ""
    departments: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.place is Place.STARTER:
            return Place.STARTER.value
        where = f"agency:{self.agency}" if self.place is Place.AGENCY else self.place.value
        return f"{self.role}@{where}" + "".join(f"/{name}" for name in self.departments)

    @classmethod
    def read(cls, text: str) -> "Assignee":
        """`leader@parent`, `finance@province/计划财务处`, `leader@agency:530000000000`, `starter`, or ValueError."""
        if text == Place.STARTER:
            return cls(place=Place.STARTER)
        head, *departments = text.split("/")
        role, at, where = head.partition("@")
        name, _colon, agency = where.partition(":")
        place = Place(name)
        if not (role and at) or place is Place.STARTER or (place is Place.AGENCY) != bool(agency):
            raise ValueError(text)
        return cls(role, place, agency, tuple(departments))


@dataclass(frozen=True)
class Countersign:
    """How many must agree: any, all, a number or a percentage; one by one or together."""

    need: str = "all"
    sequential: bool = False
    veto: bool = False
    abstain: bool = True


@dataclass(frozen=True)
class Limit:
    """Days, as a number or as the code of a dated parameter."""

    days: str
    unit: str = "working"

    def __str__(self) -> str:
        return f"{self.days} {self.unit}"

    @classmethod
    def read(cls, text: str) -> "Limit":
        """`10`, `10 calendar`, `workflow.outline.opinion.days working`. Raises ValueError."""
        days, _space, unit = text.strip().partition(" ")
        unit = unit.strip() or "working"
        if unit not in ("working", "calendar") or not (days.isdecimal() or "." in days):
            raise ValueError(text)
        return cls(days, unit)


@dataclass(frozen=True)
class Row:
    """A line of a decision table: what it asks of the facts, which way it then names, and how many must agree."""

    then: str
    at_least: str = ""
    below: str = ""
    kind: str = ""
    region: str = ""
    need: str = ""


@dataclass(frozen=True)
class Table:
    """A decision table: the first line that fits decides. `amount` and `kind` name the facts looked at."""

    rows: tuple[Row, ...]
    amount: str = "amount"
    kind: str = "kind"


@dataclass(frozen=True)
class Field:
    """A fact the form asks for."""

    code: str
    name: str
    kind: str = "text"
    required: bool = False


@dataclass(frozen=True)
class Route:
    """A way out of a node. `when` is a named condition, for choices only."""

    outcome: str
    to: str
    name: str = ""
    when: str = ""


@dataclass(frozen=True)
class Node:
    """One node, with all it says."""

    code: str
    name: str
    kind: Kind
    routes: tuple[Route, ...] = ()
    duty: Duty = Duty.NONE
    assignee: Assignee = Assignee()
    countersign: Countersign = Countersign()
    returns: Returns = Returns.NONE
    resume: Resume = Resume.STEP
    limit: Limit | None = None
    timing: Timing = Timing.RUNS
    attachments: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    bulk: bool = False
    skip_same: bool = False
    effect: str = ""
    calls: str = ""
    table: Table = Table(())
    result: Result = Result.APPROVED

    @property
    def is_human(self) -> bool:
        """Whether people act here."""
        return self.kind in HUMAN

    def route(self, outcome: str) -> Route | None:
        """The way of an outcome."""
        return next((route for route in self.routes if route.outcome == outcome), None)


@dataclass(frozen=True)
class Plan:
    """A whole definition."""

    key: str
    name: str
    start: str
    nodes: tuple[Node, ...]
    statutory: Limit | None = None
    service: Limit | None = None
    tiers: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    _by_code: dict[str, Node] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._by_code.update({node.code: node for node in self.nodes})

    def __getitem__(self, code: str) -> Node:
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    @property
    def steps(self) -> list[Node]:
        """The nodes where people act."""
        return [node for node in self.nodes if node.is_human]


def head_of(plan: Plan) -> dict[str, Any]:
    """All of a plan but its nodes, as JSON."""
    told = {name: asdict(getattr(plan, name)) if getattr(plan, name) else None for name in ("statutory", "service")}
    return {
        "start": plan.start,
        "name": plan.name,
        "tiers": list(plan.tiers),
        "fields": [asdict(one) for one in plan.fields],
        **told,
    }


def node_told(node: Node) -> dict[str, Any]:
    """A node without its ways, as JSON."""
    told = asdict(node)
    for name in ("routes", "code", "name", "kind"):
        del told[name]
    return told


def plan_of(key: str, head: Mapping[str, Any], nodes: tuple[Node, ...]) -> Plan:
    """The plan back from JSON."""
    return Plan(
        key=key,
        name=head["name"],
        start=head["start"],
        nodes=nodes,
        statutory=Limit(**head["statutory"]) if head["statutory"] else None,
        service=Limit(**head["service"]) if head["service"] else None,
        tiers=tuple(head["tiers"]),
        fields=tuple(Field(**one) for one in head["fields"]),
    )


def node_of(code: str, name: str, kind: str, told: Mapping[str, Any], routes: tuple[Route, ...]) -> Node:
    """The node back from JSON."""
    assignee, table = dict(told["assignee"]), told["table"]
    departments, place = tuple(assignee.pop("departments")), Place(assignee.pop("place"))
    return Node(
        code=code,
        name=name,
        kind=Kind(kind),
        routes=routes,
        duty=Duty(told["duty"]),
        assignee=Assignee(**assignee, place=place, departments=departments),
        countersign=Countersign(**told["countersign"]),
        returns=Returns(told["returns"]),
        resume=Resume(told["resume"]),
        limit=Limit(**told["limit"]) if told["limit"] else None,
        timing=Timing(told["timing"]),
        attachments=tuple(told["attachments"]),
        apart=tuple(told["apart"]),
        bulk=told["bulk"],
        skip_same=told["skip_same"],
        effect=told["effect"],
        calls=told["calls"],
        table=Table(tuple(Row(**row) for row in table["rows"]), table["amount"], table["kind"]),
        result=Result(told["result"]),
    )
