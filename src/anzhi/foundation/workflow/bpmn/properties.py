"""What our own attributes of an element say, read strictly."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from anzhi.foundation.workflow.bpmn.flaws import Flaw
from anzhi.foundation.workflow.bpmn.reader import extensions, ours
from anzhi.foundation.workflow.rules.plan import (
    Assignee,
    Countersign,
    Duty,
    Field,
    Limit,
    Result,
    Resume,
    Returns,
    Row,
    Table,
    Timing,
)

Read = Callable[[str], Any]


def truth(text: str) -> bool:
    """true or false; anything else is an error."""
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def words(text: str) -> tuple[str, ...]:
    """Names apart by spaces."""
    return tuple(text.split())


def listed(text: str) -> tuple[str, ...]:
    """Names apart by semicolons."""
    return tuple(part.strip() for part in text.replace("；", ";").split(";") if part.strip())


STEP: dict[str, Read] = {
    "assignee": Assignee.read,
    "duty": Duty,
    "returns": Returns,
    "resume": Resume,
    "limit": Limit.read,
    "timing": Timing,
    "attachments": listed,
    "apart": words,
    "bulk": truth,
    "skip_same": truth,
    "effect": str,
}
VOTE: dict[str, Read] = {"need": str, "sequential": truth, "veto": truth, "abstain": truth}
FLOW: dict[str, Read] = {"outcome": str, "when": str}
END: dict[str, Read] = {"result": Result, "effect": str}
PROCESS: dict[str, Read] = {"statutory": Limit.read, "service": Limit.read, "tiers": words}
FIELD: dict[str, Read] = {"code": str, "name": str, "kind": str, "required": truth}
KINDS = ("text", "number", "money", "date", "choice")


def read(element: etree._Element, known: dict[str, Read], flaws: list[Flaw], bare: bool = False) -> dict[str, Any]:
    """The attributes understood; flaws for the rest. `bare`: of our own elements, whose attributes have no prefix."""
    given = {str(k): str(v) for k, v in element.attrib.items()} if bare else ours(element)
    found = {}
    for name, text in given.items():
        if name not in known:
            flaws.append(Flaw("word", element.get("id", ""), name))
            continue
        try:
            found[name] = known[name](text)
        except ValueError:
            flaws.append(Flaw("value", element.get("id", ""), name))
    return found


def step(element: etree._Element, flaws: list[Flaw]) -> dict[str, Any]:
    """What a user task says; with `need` it is a countersigning."""
    found = read(element, STEP | VOTE, flaws)
    vote = {name: found.pop(name) for name in VOTE if name in found}
    return found | ({"countersign": Countersign(**vote)} if vote else {})


def table(element: etree._Element, flaws: list[Flaw]) -> Table:
    """The decision table of a business rule task."""
    found = extensions(element, "table")
    if not found:
        return Table(())
    row_words: dict[str, Read] = dict.fromkeys(Row.__dataclass_fields__, str)
    rows = []
    for child in found[0]:
        told = read(child, row_words, flaws, bare=True) if isinstance(child.tag, str) else {}
        if "then" in told:
            rows.append(Row(**told))
    return Table(tuple(rows), **read(found[0], {"amount": str, "kind": str}, flaws, bare=True))


def fields(process: etree._Element, flaws: list[Flaw]) -> tuple[Field, ...]:
    """The facts the form asks for."""
    found = []
    for child in extensions(process, "field"):
        told = read(child, FIELD, flaws, bare=True)
        if not told.get("code") or told.get("kind", "text") not in KINDS:
            flaws.append(Flaw("value", process.get("id", ""), f"field {told.get('code', '')}".strip()))
        else:
            found.append(Field(**({"name": told["code"]} | told)))
    return tuple(found)
