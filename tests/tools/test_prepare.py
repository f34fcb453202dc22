"""Preparing: the environment, the front-end files; done once, done again where something moved or changed."""

import fcntl
from pathlib import Path
from typing import Any

import pytest

from tools import prepare


class Bench:
    """A project folder whose programs are only noted. uv appears when it is installed, Python when uv syncs."""

    def __init__(self, root: Path) -> None:
        self.root, self.ran = root, []
        self.python, self.uv = root / ".venv/bin/python", root / "var/uv/bin/uv"

    def run(self, words: list[str], **more: Any) -> None:
        self.ran.append([str(word) for word in words])
        name = Path(words[0]).name
        if name == "pip":
            self.program(self.uv)
        elif words[1:3] == ["-m", "venv"]:
            self.program(self.uv.with_name("python"))
            self.program(self.uv.with_name("pip"))
        elif name == "uv" and words[1] == "venv":
            self.program(self.python)
        elif name == "npm":
            (self.root / "node_modules").mkdir(exist_ok=True)

    def program(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)

    def verbs(self) -> list[str]:
        """Each program that ran, in short."""
        return [f"{Path(words[0]).name} {words[1]}" for words in self.ran]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    made = Bench(tmp_path)
    for name in ("uv.lock", "pyproject.toml", "tools/uv.txt", "package-lock.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare.stamps, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "PYTHON", made.python)
    monkeypatch.setattr(prepare, "UV", made.uv)
    monkeypatch.setattr(prepare, "LOG", tmp_path / "var/setup.log")
    monkeypatch.setattr(prepare, "run", made.run)
    monkeypatch.setattr(prepare.catalogue, "refresh", lambda: made.ran.append(["messages", "refresh"]))
    return made


def test_an_empty_folder_gets_uv_then_python_then_the_packages(bench: Bench) -> None:
    prepare.python(dev=False)
    assert [verb.split()[1] for verb in bench.verbs()] == ["-m", "install", "venv", "sync"]
    assert "--require-hashes" in bench.ran[1]
    assert bench.ran[1][-1].endswith("tools/uv.txt")
    assert bench.ran[3][1:] == ["sync", "--locked", "--inexact", "--no-progress", "--no-dev"]


def test_the_second_time_nothing_runs(bench: Bench) -> None:
    prepare.python(dev=False)
    bench.ran.clear()
    prepare.python(dev=False)
    assert bench.ran == []


def test_developers_add_their_tools_to_what_is_there(bench: Bench) -> None:
    prepare.python(dev=False)
    bench.ran.clear()
    prepare.python(dev=True)
    assert bench.verbs() == ["uv sync"]
    assert bench.ran[0][-2:] == ["--group", "dev"]


@pytest.mark.parametrize("name", ["uv.lock", "pyproject.toml", "tools/uv.txt"])
def test_a_changed_lock_is_synced_again(bench: Bench, name: str) -> None:
    prepare.python(dev=True)
    bench.ran.clear()
    (bench.root / name).write_text("changed")
    prepare.python(dev=False)
    assert bench.verbs() == ["uv sync"]
    assert bench.ran[0][-1] == "dev", "tools that are there stay there"


def test_an_environment_whose_python_went_away_is_made_again(bench: Bench) -> None:
    prepare.python(dev=False)
    bench.ran.clear()
    bench.python.unlink()
    prepare.python(dev=False)
    assert bench.verbs() == ["uv venv", "uv sync"]


def test_a_moved_folder_makes_its_uv_again(bench: Bench) -> None:
    prepare.python(dev=False)
    bench.ran.clear()
    bench.python.unlink()
    python = bench.uv.with_name("python")
    python.unlink()
    python.symlink_to("/no/such/python3.11")
    prepare.python(dev=False)
    assert [verb.split()[1] for verb in bench.verbs()] == ["-m", "install", "venv", "sync"]


def test_a_sync_that_failed_leaves_no_stamp(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*, dev: bool) -> None:
        raise OSError("no network")

    with monkeypatch.context() as patch:
        patch.setattr(prepare, "_sync", broken)
        with pytest.raises(OSError, match="no network"):
            prepare.python(dev=False)
    bench.ran.clear()
    prepare.python(dev=False)
    assert bench.verbs()[-1] == "uv sync"


def test_front_end_files_come_without_their_scripts_and_once(bench: Bench) -> None:
    prepare.node()
    prepare.node()
    assert bench.ran == [["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]]
    (bench.root / "package-lock.json").write_text("changed")
    prepare.node()
    assert len(bench.ran) == 2


def test_front_end_files_that_were_removed_come_again(bench: Bench) -> None:
    prepare.node()
    (bench.root / "node_modules").rmdir()
    prepare.node()
    assert len(bench.ran) == 2


def test_everything_is_three_things_in_their_order(bench: Bench) -> None:
    prepare.everything()
    assert [verb for verb in bench.verbs() if verb in ("uv sync", "npm ci", "messages refresh")] == [
        "uv sync", "npm ci", "messages refresh",
    ]  # fmt: skip


def test_two_terminals_prepare_one_after_the_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def python(*, dev: bool) -> None:
        with (bench.root / "var/prepare.lock").open("w") as second, pytest.raises(BlockingIOError):
            fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        bench.ran.append(["python", "alone"])

    monkeypatch.setattr(prepare, "python", python)
    prepare.everything()
    assert ["python", "alone"] in bench.ran
    with (bench.root / "var/prepare.lock").open("w") as after:
        fcntl.flock(after, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_link_to_itself_is_no_folder(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    assert not prepare._resolves(link)
    assert prepare._resolves(tmp_path)
    assert not prepare._resolves(tmp_path / "none")


def test_a_program_is_one_that_may_be_run(tmp_path: Path) -> None:
    file = tmp_path / "python"
    assert not prepare._runs(file)
    file.write_text("")
    file.chmod(0o644)
    assert not prepare._runs(file)
    file.chmod(0o755)
    assert prepare._runs(file)
