"""The figures of the house, on small trees whose answers can be counted by hand."""

import ast
from pathlib import Path

import pytest

from tools import measure

WHOLE = '''"""A service."""

from anzhi.foundation.access import gate


class Service:
    """Does."""

    def do(self) -> None:
        """It."""
        gate.demand()


def bare(x):
    try:
        return x
    except Exception:
        return None
'''


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two apps and what lies beside their code."""
    folder = tmp_path / "src/anzhi"
    for name, text in {
        "foundation/access/apps.py": '"""Access."""\n',
        "foundation/access/gate.py": '"""The gate."""\n\n\ndef demand() -> None:\n    """Ask."""\n',
        "network/sites/apps.py": '"""Sites."""\n',
        "network/sites/services.py": WHOLE,
        "network/sites/views.py": '"""Pages."""\n\nrows = Site.objects\n',
        "network/sites/migrations/0001.py": "x = 1\n",
        "network/sites/templates/a.html": "1\n2\n3\n",
        "network/sites/templates/sites/b.html": "1\n",
        "network/sites/static/sites/a.js": "1\n2\n",
        "site/settings/base.py": '"""Settings."""\nA = 1\n',
        "empty/__init__.py": "",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_a.py").write_text(
        "def test_one() -> None:\n    pass\n\n\ndef helper() -> None:\n    pass\n"
    )
    monkeypatch.setattr(measure, "ROOT", tmp_path)
    monkeypatch.setattr(measure, "SOURCE", folder)
    return folder


@pytest.fixture
def figures(source: Path) -> dict[str, str]:
    return dict(measure.rows())


def test_files_with_nothing_in_them_are_no_files(source: Path) -> None:
    names = [module.name for module in measure.modules(source)]
    assert "empty/__init__.py" not in names
    assert not any("migrations" in name for name in names)
    assert len(names) == 6


def test_lines_are_counted_whole(figures: dict[str, str]) -> None:
    lines = 1 + 5 + 1 + WHOLE.count("\n") + 3 + 2
    assert figures["code files / lines"] == f"6 / {lines}"
    assert figures["tests:code (lines), test functions"] == f"{6 / lines:.2f}, 1"


def test_functions_and_classes_have_lengths(figures: dict[str, str]) -> None:
    assert figures["function median / p90 / max"] == "3 / 5 / 5"
    assert figures["biggest class"] == "6"
    assert figures["functions over 50 lines"] == "0.0 %"


def test_promises_are_measured(figures: dict[str, str]) -> None:
    assert figures["return hints / module docstrings"] == "67 % / 100 %"
    assert figures["broad `except`"] == "1"
    assert figures["`.objects` / writes in pages"] == "1 / 0"
    assert figures["signal receivers / star imports"] == "0 / 0"


def test_templates_and_scripts_are_counted(figures: dict[str, str]) -> None:
    assert figures["templates median / max"] == "2 / 3"
    assert figures["lines of own JavaScript"] == "2"
    assert figures["lines of settings (base)"] == "2"


def test_who_imports_whom(source: Path) -> None:
    graph = measure.edges(measure.modules(source), measure.apps())
    assert graph["network.sites"] == {"foundation.access"}
    assert graph["foundation.access"] == set()
    assert measure.biggest_cycle(graph) == 1


def test_a_cycle_shows(source: Path) -> None:
    (source / "foundation/access/gate.py").write_text("from anzhi.network.sites import services\n")
    graph = measure.edges(measure.modules(source), measure.apps())
    assert measure.biggest_cycle(graph) == 2


def test_an_import_inside_a_function_is_seen(source: Path) -> None:
    (source / "foundation/access/late.py").write_text("def f() -> None:\n    from anzhi.network import sites\n")
    assert measure.hidden(measure.modules(source)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@receiver(saved)\ndef f(): ...\n", "1 / 0"),
        ("from anzhi.a import *\n", "0 / 1"),
        ("    from anzhi.a import *\n", "0 / 0"),
    ],
)
def test_what_nobody_wants_is_counted(source: Path, text: str, found: str) -> None:
    code = [measure.Module("a.py", text, ast.parse(""))]
    assert f"{measure.matches(code, '@receiver')} / {measure.matches(code, r'^from .+ import [*]')}" == found


def test_every_row_says_something(figures: dict[str, str]) -> None:
    assert all(what and figure for what, figure in figures.items())
