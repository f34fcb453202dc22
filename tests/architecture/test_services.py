"""A write is a verb with an actor: every public function of every services module is guarded and recorded.

Reads the source, runs nothing. What is not a verb of its own is listed in `service_exceptions.py` with a reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from architecture.service_exceptions import EXCEPTIONS

SOURCE = Path(__file__).resolve().parents[2] / "src/anzhi"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> Iterator[Path]:
    """services.py and services/*.py of all apps."""
    yield from sorted(SOURCE.glob("*/*/services.py"))
    yield from sorted(path for path in SOURCE.glob("*/*/services/*.py") if path.name != "__init__.py")


def calls(function: Function, beside: dict[str, Function], seen: frozenset[str] = frozenset()) -> set[str]:
    """Names of everything called inside, the last part of dotted ones; functions of the same module are followed."""
    called = {node.func for node in ast.walk(function) if isinstance(node, ast.Call)}
    names = {getattr(func, "attr", getattr(func, "id", "")) for func in called}
    for name in (names & beside.keys()) - seen:
        names |= calls(beside[name], beside, seen | {name})
    return names


def missing(function: Function, beside: dict[str, Function]) -> set[str]:
    """What a verb must have and this one lacks."""
    lacks = set()
    if "by" not in {argument.arg for argument in function.args.kwonlyargs}:
        lacks.add("keyword-only by")
    return lacks | ({"demand", "action"} - calls(function, beside))


def judged(source: str, module: str = "here") -> dict[str, set[str]]:
    """`module:function` → what it lacks, for each public function."""
    found = {node.name: node for node in ast.parse(source).body if isinstance(node, Function)}
    return {f"{module}:{name}": missing(node, found) for name, node in found.items() if not name.startswith("_")}


def verdicts() -> dict[str, set[str]]:
    """Of all services modules."""
    found: dict[str, set[str]] = {}
    for path in modules():
        found |= judged(path.read_text(), ".".join(path.relative_to(SOURCE).with_suffix("").parts))
    return found


def test_every_verb_has_an_actor_asks_the_gate_and_leaves_an_event() -> None:
    wrong = {name: lacks for name, lacks in verdicts().items() if lacks and name not in EXCEPTIONS}
    assert wrong == {}, "demand, then audit.action; or list it in tests/architecture/service_exceptions.py"


def test_exceptions_are_real_needed_and_have_reasons() -> None:
    found = verdicts()
    assert {name for name in EXCEPTIONS if name not in found} == set(), "gone: take it off the list"
    assert {name for name in EXCEPTIONS if not found.get(name, True)} == set(), "no longer an exception"
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values())


def test_the_net_catches_a_bare_write_and_follows_helpers() -> None:
    assert judged("def drop(*, by, row):\n    demand(by, P.X)\n    row.delete()\n") == {"here:drop": {"action"}}
    assert judged("def do(row): row.save()\n") == {"here:do": {"keyword-only by", "demand", "action"}}
    helped = "def do(*, by):\n    _do(by)\ndef _do(by):\n    demand(by, P.X)\n    with audit.action('x', by=by): pass\n"
    assert judged(helped) == {"here:do": set()}
