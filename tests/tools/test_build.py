"""What a served site needs beyond its programs: each step is done once for what it was done for."""

import sys
from pathlib import Path

import pytest
from tools.steps import Failed

from tools import build, stamps


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """Django's commands as they would have been given; the tree and var are our own."""
    found: list[tuple[str, ...]] = []
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "SOURCE", tmp_path / "src")
    monkeypatch.setattr(build, "_django", lambda env, *words: found.append(words))
    plant(tmp_path / "package-lock.json", "{}")
    return found


def plant(file: Path, text: str = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"ANZHI_VAR": str(tmp_path / "var")}


def test_tables_are_brought_up_to_date_each_time(ran: list, env: dict[str, str]) -> None:
    build.tables(env)
    build.tables(env)
    assert ran == [("migrate", "--no-input", "-v0")] * 2


def test_reference_data_wait_for_their_loader(ran: list, env: dict[str, str], tmp_path: Path) -> None:
    build.reference(env, tmp_path)
    assert ran == []
    plant(tmp_path / "src/site/management/commands/reference.py")
    build.reference(env, tmp_path)
    assert ran == [("reference", "-v0")]


@pytest.mark.parametrize(
    "changed",
    ["src/app/management/commands/load_a.py", "src/app/data/a.csv", "src/app/data/new.csv", "package-lock.json"],
)
def test_reference_data_are_loaded_again_when_their_source_changed(
    changed: str, ran: list, env: dict[str, str], tmp_path: Path
) -> None:
    for name in ("src/site/management/commands/reference.py", "src/app/management/commands/load_a.py"):
        plant(tmp_path / name)
    plant(tmp_path / "src/app/data/a.csv", "1")
    for _ in range(2):
        build.reference(env, tmp_path)
    assert len(ran) == 1
    plant(tmp_path / changed, "2")
    build.reference(env, tmp_path)
    assert len(ran) == 2


def test_a_database_that_was_dropped_gets_its_reference_data_again(
    ran: list, env: dict[str, str], tmp_path: Path
) -> None:
    plant(tmp_path / "src/site/management/commands/reference.py")
    build.reference(env, tmp_path)
    (tmp_path / "reference").unlink()
    build.reference(env, tmp_path)
    assert len(ran) == 2


def test_a_load_that_failed_is_tried_again(ran: list, env: dict[str, str], tmp_path: Path, monkeypatch) -> None:
    def broken(env: dict[str, str], *words: str) -> None:
        raise Failed("no disk")

    plant(tmp_path / "src/site/management/commands/reference.py")
    with monkeypatch.context() as patch:
        patch.setattr(build, "_django", broken)
        with pytest.raises(Failed, match="no disk"):
            build.reference(env, tmp_path)
    build.reference(env, tmp_path)
    assert ran == [("reference", "-v0")]


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("src/app/static/app/a.css", True),
        ("src/app/static/app/new.js", True),
        ("src/site/settings/base.py", True),
        ("src/site/static.py", True),
        ("package-lock.json", True),
        ("src/app/views.py", False),
        ("src/app/templates/a.html", False),
    ],
)
def test_static_files_are_collected_again_when_one_changed(
    changed: str, again: bool, ran: list, env: dict[str, str], tmp_path: Path
) -> None:
    plant(tmp_path / "src/app/static/app/a.css", "a")
    (tmp_path / "var/static").mkdir(parents=True)
    build.static(env)
    build.static(env)
    assert len(ran) == 1
    plant(tmp_path / changed, "changed")
    build.static(env)
    assert len(ran) == (2 if again else 1)


def test_a_folder_that_was_removed_is_collected_again(ran: list, env: dict[str, str], tmp_path: Path) -> None:
    build.static(env)
    build.static(env)
    assert len(ran) == 2
    assert not (tmp_path / "var/static").exists()


def test_what_no_page_asks_for_is_not_collected(ran: list, env: dict[str, str]) -> None:
    build.static(env)
    words = ran[0]
    assert words[:3] == ("collectstatic", "--no-input", "-v0")
    assert [word for word in words[3:] if word != "-i"] == list(build.UNSERVED)


def test_a_province_that_cannot_be_built_is_told_with_its_cure(
    ran: list, env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path / "src/sample/management/commands/sample.py")
    program = plant(tmp_path / "python", "#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(build, "tool", lambda name: str(program))
    with pytest.raises(Failed, match=r"\./anzhi demo --fresh"):
        build.sample(env)


def test_a_province_says_what_it_does_where_no_answer_is_read(
    ran: list, env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    plant(tmp_path / "src/sample/management/commands/sample.py")
    program = plant(tmp_path / "python", '#!/bin/sh\necho "told: $*"\n')
    program.chmod(0o755)
    monkeypatch.setattr(build, "tool", lambda name: str(program))
    monkeypatch.setattr(sys, "stderr", sys.__stderr__)
    build.sample(env)
    told = capfd.readouterr()
    assert "told: -m django sample" in told.err
    assert told.out == ""


def test_without_a_sample_there_is_nothing_to_build(ran: list, env: dict[str, str]) -> None:
    build.sample(env)
    assert ran == []


def test_what_fails_in_django_is_told_by_its_last_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = plant(tmp_path / "python", "#!/bin/sh\necho no such table; exit 1\n")
    program.chmod(0o755)
    (tmp_path / "var").mkdir()
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "tool", lambda name: str(program))
    with pytest.raises(Failed, match="no such table"):
        build.tables({})
    assert (tmp_path / "var/setup.log").read_text() == "no such table\n"


def test_the_real_sources_have_a_hash_that_stays() -> None:
    assert build.static_files() == build.static_files()
    assert stamps.digest([build.ROOT / "package-lock.json"]) != build.static_files()
