"""`python3 tools/measure.py`: the figures of docs/architecture-notes.md, printed as its table. Standard library only.

Code is `src/anzhi` without migrations; a line is a line of a file, blank and comment too.
"""

import ast
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/anzhi"
PAGES = re.compile(r"(^|/)(views|api)(/|\.py$)")
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update"}


@dataclass
class Module:
    """A module: its name below anzhi, text and tree."""

    name: str
    text: str
    tree: ast.Module = field(repr=False)

    @property
    def lines(self) -> int:
        """Of the file."""
        return self.text.count("\n")

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree: walked once, asked a dozen times."""
        return list(ast.walk(self.tree))

    def all(self, *kinds: type) -> list:
        """Nodes of these kinds, wherever they stand."""
        return [node for node in self.nodes if isinstance(node, kinds)]


def modules(folder: Path) -> list[Module]:
    """Python files with something in them, migrations aside."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if text.strip() and "migrations" not in path.parts:
            found.append(Module(path.relative_to(folder).as_posix(), text, ast.parse(text)))
    return found


def spread(values: Iterable[int]) -> str:
    """Median, ninth tenth, largest."""
    ranked = sorted(values) or [0]
    return f"{statistics.median(ranked):g} / {ranked[int(len(ranked) * 0.9)]} / {ranked[-1]}"


def length(node: ast.AST) -> int:
    """Lines of a function or class."""
    return node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]  # both have lines


def apps() -> list[str]:
    """Dotted names of apps below anzhi, longest first."""
    found = {path.parent.relative_to(SOURCE).as_posix() for path in SOURCE.glob("**/apps.py")} | {"foundation/money"}
    return sorted((name.replace("/", ".") for name in found), key=len, reverse=True)


def owner(dotted: str, known: list[str]) -> str | None:
    """The app a module belongs to."""
    return next((app for app in known if dotted == app or dotted.startswith(app + ".")), None)


def edges(code: list[Module], known: list[str]) -> dict[str, set[str]]:
    """App → apps it imports."""
    graph: dict[str, set[str]] = {app: set() for app in known}
    for module in code:
        mine = owner(module.name.removesuffix(".py").replace("/", "."), known)
        for node in module.all(ast.ImportFrom):
            for alias in node.names:
                other = owner(f"{node.module}.{alias.name}".removeprefix("anzhi."), known)
                if mine and other and mine != other:
                    graph[mine].add(other)
    return graph


def reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    """Everything an app leads to."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        app = waiting.pop()
        if app not in seen:
            seen.add(app)
            waiting += graph[app]
    return seen


def biggest_cycle(graph: dict[str, set[str]]) -> int:
    """Apps that reach each other; 1 is no cycle."""
    beyond = {app: reachable(graph, app) for app in graph}
    return max(1 + sum(app in beyond[other] for other in beyond[app] - {app}) for app in graph)


def hidden(code: list[Module]) -> int:
    """Imports of ours inside functions."""
    return sum(
        isinstance(node, ast.ImportFrom) and (node.module or "").startswith("anzhi")
        for module in code
        for function in module.all(ast.FunctionDef, ast.AsyncFunctionDef)
        for node in ast.walk(function)
    )


def matches(code: list[Module], pattern: str) -> int:
    """How often a pattern stands in the code."""
    return sum(len(re.findall(pattern, module.text, re.MULTILINE)) for module in code)


def thick(code: list[Module]) -> tuple[int, int]:
    """`.objects` and writes in pages."""
    pages = [module for module in code if PAGES.search(module.name)]
    objects = sum(node.attr == "objects" for module in pages for node in module.all(ast.Attribute))
    calls = (node.func for module in pages for node in module.all(ast.Call))
    return objects, sum(isinstance(func, ast.Attribute) and func.attr in WRITES for func in calls)


def lines_of(pattern: str) -> list[int]:
    """Lines of each file of ours that fits."""
    return [path.read_text(encoding="utf-8").count("\n") for path in sorted(SOURCE.glob(pattern))]


def rows() -> Iterator[tuple[str, str]]:
    """Row by row: what, figure."""
    code, tests = modules(SOURCE), modules(ROOT / "tests")
    functions = [node for module in code for node in module.all(ast.FunctionDef, ast.AsyncFunctionDef)]
    sizes = [length(node) for node in functions]
    own, tested = sum(module.lines for module in code), sum(module.lines for module in tests)
    cases = sum(node.name.startswith("test_") for module in tests for node in module.all(ast.FunctionDef))
    graph = edges(code, apps())
    yield "code files / lines", f"{len(code)} / {own:,}"
    yield "file median / p90 / max", spread(module.lines for module in code)
    yield "function median / p90 / max", spread(sizes)
    yield "functions over 50 lines", f"{100 * sum(size > 50 for size in sizes) / len(sizes):.1f} %"
    yield "biggest class", str(max(length(node) for module in code for node in module.all(ast.ClassDef)))
    yield "tests:code (lines), test functions", f"{tested / own:.2f}, {cases:,}"
    yield "apps, biggest import cycle", f"{len(graph)}, {biggest_cycle(graph)}"
    yield "imports hidden in functions", str(hidden(code))
    yield "`.objects` / writes in pages", "{} / {}".format(*thick(code))
    yield "templates median / max", "{:g} / {}".format(*average(lines_of("**/templates/**/*.html")))
    yield "lines of own JavaScript", str(sum(lines_of("**/static/**/*.js")))
    yield "lines of settings (base)", str(lines_of("site/settings/base.py")[0])
    yield "return hints / module docstrings", f"{hints(functions):.0f} % / {docstrings(code):.0f} %"
    yield "signal receivers / star imports", f"{matches(code, '@receiver')} / {matches(code, r'^from .+ import [*]')}"
    yield "broad `except`", str(matches(code, r"except(?: Exception| BaseException)?(?: as \w+)?:"))
    yield "named constraints and indexes", str(matches(code, r"\bname=\"\w+_\w+\""))


def average(values: list[int]) -> tuple[float, int]:
    """Median and largest."""
    return statistics.median(values), max(values)


def hints(functions: list) -> float:
    """Percent of functions that say what they return."""
    return 100 * sum(node.returns is not None for node in functions) / len(functions)


def docstrings(code: list[Module]) -> float:
    """Percent of modules that say what they are."""
    return 100 * sum(ast.get_docstring(module.tree) is not None for module in code) / len(code)


if __name__ == "__main__":
    for what, figure in rows():
        print(f"| {what} | {figure} |")
