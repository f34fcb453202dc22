"""Stamps and options: when a step is done again, and which words at the terminal are misuse."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import options, stamps


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    return tmp_path


def test_a_step_never_done_has_no_stamp() -> None:
    assert stamps.get("tables") == ""
    assert not stamps.fresh("tables", "x")


def test_the_last_stamp_counts() -> None:
    stamps.put("tables", "one")
    stamps.put("tables", "two")
    assert not stamps.fresh("tables", "one")
    assert stamps.fresh("tables", "two")


@pytest.mark.parametrize("name", ["python", "node", "messages"])
def test_what_belongs_to_the_project_does_not_move_with_var(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps.put(name, "done")
    monkeypatch.setenv("ANZHI_VAR", str(folder / "elsewhere"))
    assert stamps.fresh(name, "done")


def test_what_belongs_to_the_data_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps.put("tables", "done")
    monkeypatch.setenv("ANZHI_VAR", str(folder / "elsewhere"))
    assert not stamps.fresh("tables", "done")


def test_order_of_files_is_nothing_and_everything_else_is_something(folder: Path) -> None:
    one, two = folder / "one", folder / "two"
    one.write_text("1")
    two.write_text("2")
    seal = stamps.digest([one, two], "word")

    assert stamps.digest([two, one], "word") == seal
    assert stamps.digest([one], "word") != seal
    assert stamps.digest([one, two]) != seal
    assert stamps.digest([one, two], "wo", "rd") != seal
    two.write_text("3")
    assert stamps.digest([one, two], "word") != seal


def test_a_file_that_went_away_changes_the_seal(folder: Path) -> None:
    one = folder / "one"
    one.write_text("1")
    before = stamps.digest([one])
    one.unlink()
    assert stamps.digest([one]) != before


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4))
def test_words_do_not_run_into_each_other(words: list[str]) -> None:
    assert stamps.digest([], *words) != stamps.digest([], *words, "")
    assert len(words) == 1 or stamps.digest([], "".join(words)) != stamps.digest([], *words)


def test_serving_is_on_loopback_unless_told() -> None:
    chosen = options.serving("serve", [])
    assert (chosen.bind, chosen.port) == ("127.0.0.1", 8000)
    assert not hasattr(chosen, "fresh")


@pytest.mark.parametrize(
    "words",
    [["--port", "0"], ["--port", "65536"], ["--port", "-1"], ["--port", "http"], ["--port"], ["--po", "80"], ["here"]],
)
def test_misuse_ends_with_two_and_names_the_verb(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        options.serving("demo", words, fresh=True)
    assert ended.value.code == 2
    assert "./anzhi demo" in capsys.readouterr().err


def test_fresh_is_the_demos_alone() -> None:
    assert options.serving("demo", ["--fresh"], fresh=True).fresh
    with pytest.raises(SystemExit):
        options.serving("serve", ["--fresh"])


@given(st.integers(1, 65535))
def test_every_port_is_taken_as_it_is(port: int) -> None:
    assert options.serving("serve", ["--port", str(port)]).port == port
