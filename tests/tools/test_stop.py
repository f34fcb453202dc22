"""`./anzhi stop`: it ends what is ours, waits for it, and leaves everybody else alone."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tools.cluster import holders
from tools.cluster.place import Place
from tools.verbs import stop

from harness.folders import ROOT, until
from tools import site


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var folder of our own."""
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    return tmp_path


@contextmanager
def started(code: str, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *words], env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


SITE = """
    import signal, sys, time
    from pathlib import Path
    from tools import site
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    with site.alone(Path(sys.argv[1])):
        time.sleep(60)
"""


def test_the_site_of_this_folder_is_asked_and_waited_for(folder: Path) -> None:
    with started(SITE, str(folder)) as child:
        until(lambda: site.taken(folder) and (folder / "run/serve.pid").exists())
        assert stop.run([]) == 0
        assert child.wait(5) == 0
    assert not (folder / "run/serve.pid").exists()
    assert not site.taken(folder)


def test_the_number_of_a_killed_site_is_anybodys_and_nobody_is_ended(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with started("import time; time.sleep(60)") as stranger:
        (folder / "run").mkdir()
        (folder / "run/serve.pid").write_text(str(stranger.pid))
        assert stop.run([]) == 0
        assert stranger.poll() is None
    assert "nothing was running" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "x", "999999999", "-1", "0"])
def test_what_is_no_number_of_a_process_stops_nobody(folder: Path, text: str) -> None:
    (folder / "run").mkdir()
    (folder / "run/serve.pid").write_text(text)
    assert not stop._end(folder)


def test_a_site_that_does_not_listen_is_not_waited_for_without_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stop, "PATIENCE", 0.2)
    deaf = SITE.replace("lambda number, frame: sys.exit(0)", "signal.SIG_IGN")
    with started(deaf, str(folder)) as child:
        until(lambda: site.taken(folder) and (folder / "run/serve.pid").exists())
        assert stop._end(folder)
        assert child.poll() is None


def test_both_clusters_that_are_there_are_stopped_and_no_other_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(stop.server, "stop", lambda place: asked.append(place.var) or True)
    assert stop.run([]) == 0
    assert asked == []
    (folder / "test/pg").mkdir(parents=True)
    (folder / "pg").mkdir()
    assert stop.run([]) == 0
    assert asked == [folder, folder / "test"]
    assert capsys.readouterr().err.count("nothing was running") == 1


def test_a_database_in_use_is_left_running_and_said_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pg").mkdir()
    monkeypatch.setattr(stop.server, "stop", lambda place: pytest.fail("it was stopped under its user"))
    with (folder / "users.lock").open("w") as user:
        holders.fcntl.flock(user, holders.fcntl.LOCK_SH)
        assert stop._stop(Place(folder))
    assert "left running" in capsys.readouterr().err
