"""The figures of the code: counted right, and each with its row on the page."""

import ast
from pathlib import Path

import pytest

from docs import shelf
from tools import measure

PAGE = (shelf.DOCS / "architecture-notes.md").read_text()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A package of two modules and a migration."""
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations/0001.py").write_text("x = 1\n")
    (tmp_path / "one.py").write_text('"""One."""\n\n\ndef long() -> None:\n    from anzhi.b import c\n    c()\n')
    (tmp_path / "views.py").write_text("def bare(x):\n    x.objects.all()\n    x.save()\n")
    return tmp_path


def test_every_figure_has_its_row() -> None:
    assert [what for what, _figure in measure.rows() if f"\n| {what} | " not in PAGE] == []


def test_no_row_is_left_open() -> None:
    assert "@" not in PAGE


def test_migrations_do_not_count(tree: Path) -> None:
    assert [(module.name, module.lines) for module in measure.modules(tree)] == [("one.py", 6), ("views.py", 3)]


def test_what_pages_must_not_do_is_seen(tree: Path) -> None:
    assert measure.thick(measure.modules(tree)) == (1, 1)


def test_hidden_imports_hints_and_docstrings_are_counted(tree: Path) -> None:
    code = measure.modules(tree)
    functions = [node for module in code for node in module.all(ast.FunctionDef)]
    assert (measure.hidden(code), measure.hints(functions), measure.docstrings(code)) == (1, 50, 50)


@pytest.mark.parametrize(
    ("graph", "size"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, 1),
        ({"a": {"b"}, "b": {"a"}, "c": set()}, 2),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, 3),
    ],
)
def test_the_biggest_cycle(graph: dict[str, set[str]], size: int) -> None:
    assert measure.biggest_cycle(graph) == size


def test_a_spread_is_median_ninth_tenth_and_largest() -> None:
    assert measure.spread(range(1, 11)) == "5.5 / 10 / 10"
    assert measure.spread([]) == "0 / 0 / 0"


def test_a_module_belongs_to_the_nearest_app() -> None:
    known = ["foundation.web.deep", "foundation.web"]
    assert measure.owner("foundation.web.deep.views", known) == "foundation.web.deep"
    assert measure.owner("foundation.website", known) is None
