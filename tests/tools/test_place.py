"""Where a cluster lies, without starting one."""

import os
import subprocess
from pathlib import Path

import pytest
from tools.cluster import conf, place, process
from tools.cluster.place import Place
from tools.steps import Failed

from harness.folders import until


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for /var/lib."""
    folder = tmp_path / "lib"
    folder.mkdir()
    monkeypatch.setattr(place, "SYSTEM_HOME", folder)
    return folder


def as_root(monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0 if answer else 1000)


def test_an_ordinary_user_keeps_it_in_var(tmp_path: Path, system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, False)
    assert Place(tmp_path).home == tmp_path / "pg"


def test_below_a_closed_folder_root_keeps_it_elsewhere(
    tmp_path: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root(monkeypatch, True)
    tmp_path.chmod(0o700)
    home = Place(tmp_path).home
    assert home.parent == system
    assert (tmp_path / "pg").resolve() == home
    assert Place(tmp_path).home == home


def test_what_a_removed_var_left_behind_is_removed(
    tmp_path: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root(monkeypatch, True)
    tmp_path.chmod(0o700)
    left = Place(tmp_path).home / "data"
    left.mkdir()
    (tmp_path / "pg").unlink()
    assert Place(tmp_path).home == left.parent
    assert not left.exists()


def test_a_long_way_gets_a_short_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, False)
    deep = tmp_path / ("很长的文件夹" * 6) / "var"
    deep.mkdir(parents=True)
    socket = Place(deep).socket
    assert len(os.fsencode(socket)) < 60
    assert Place(deep).socket == socket


def test_a_socket_folder_that_somebody_else_prepared_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root(monkeypatch, False)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid())
    found = Place(tmp_path)
    found.__dict__["socket"] = tmp_path / "run"
    found.__dict__["account"] = None
    found.open_socket_folder()
    (tmp_path / "run").chmod(0o777)
    with pytest.raises(Failed, match="not a folder of ours alone"):
        found.open_socket_folder()


def test_a_number_in_a_lock_file_is_not_yet_a_server(tmp_path: Path) -> None:
    found = Place(tmp_path)
    found.__dict__["home"] = tmp_path
    found.data.mkdir()
    for text in ("", "soon\n", "999999999\n", f"{os.getpid()}\n"):
        (found.data / "postmaster.pid").write_text(text)
        assert process.postmaster(found) is None
    process.forget_the_dead(found)
    assert not (found.data / "postmaster.pid").exists()


def test_what_ended_is_not_alive_even_before_anybody_looked() -> None:
    """pg_ctl believes a zombie is a server: we do not."""
    child = subprocess.Popen(["sleep", "60"])
    try:
        assert process.alive(child.pid, "sleep")
        assert not process.alive(child.pid, "postgres")
        child.kill()
        until(lambda: not process.alive(child.pid, "sleep"))
        assert Path(f"/proc/{child.pid}").exists(), "nobody waited for it: it is a zombie"
    finally:
        child.wait()
    assert not process.alive(child.pid, "sleep")


def test_only_a_throw_away_cluster_gives_up_safety() -> None:
    safe = conf.render(socket=Path("/s"), port=5432, buffers="64MB", unsafe=False)
    assert "fsync" not in safe
    assert "fsync = off" in conf.render(socket=Path("/s"), port=5432, buffers="64MB", unsafe=True)
    for line in ("listen_addresses = ''", "max_connections = 120", "jit = off", "shared_buffers = 64MB"):
        assert line in safe


def test_a_quote_in_the_path_stays_inside_its_string() -> None:
    assert "'/it''s here'" in conf.render(socket=Path("/it's here"), port=5432, buffers="64MB", unsafe=False)
