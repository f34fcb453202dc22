"""What is written before the site starts, how its first process is told what to do, and one child's small life."""

import os
import resource
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anzhi.site.serve import front, parent
from anzhi.site.serve.child import Child, Spec

LIMIT = 10.0


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Path]:
    """A run folder; the limit of open files is put back."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    (tmp_path / "run").mkdir()
    yield tmp_path / "run"
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def conf(run: Path) -> str:
    return (run / "nginx.conf").read_text()


def test_nginx_finds_all_it_refers_to(run: Path) -> None:
    front.write(run, run, listen=["127.0.0.1:8000"])
    assert (run / "tmp").is_dir()
    assert (run / "away.html").read_text().startswith("<!doctype html>")
    assert "listen 127.0.0.1:8000;" in conf(run)
    assert 'server "unix:pages.sock"' in conf(run)


def test_sockets_that_lie_elsewhere_are_named_with_their_way(run: Path, tmp_path: Path) -> None:
    front.write(run, tmp_path / "short", listen=["127.0.0.1:8000"])
    assert f'server "unix:{tmp_path}/short/pages.sock"' in conf(run)
    assert f'server "unix:{tmp_path}/short/live.sock"' in conf(run)


def test_half_an_upload_of_a_killed_server_is_gone(run: Path) -> None:
    (run / "tmp/body/0").mkdir(parents=True)
    (run / "tmp/body/0/000001").write_text("half")
    front.write(run, run, listen=["127.0.0.1:8000"])
    assert list((run / "tmp").iterdir()) == []


@pytest.mark.parametrize(("given", "told"), [(None, "$scheme"), ("https", "https")])
def test_a_proxy_in_front_says_how_people_came(
    given: str | None, told: str, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANZHI_SCHEME", raising=False)
    if given:
        monkeypatch.setenv("ANZHI_SCHEME", given)
    front.write(run, run, listen=["127.0.0.1:8000"])
    assert f"proxy_set_header X-Forwarded-Proto {told};" in conf(run)


def test_as_many_files_may_be_open_as_the_system_allows(run: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), hard))
    front.write(run, run, listen=["127.0.0.1:8000"])
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)


def test_the_configuration_holds_no_place_of_this_machine(run: Path) -> None:
    front.write(run, run, listen=["127.0.0.1:8000"])
    assert str(run.parent) not in conf(run)


@pytest.mark.parametrize(("path", "known"), [("/live", "http://live"), ("/", "http://pages")])
def test_each_address_has_its_server(path: str, known: str, run: Path) -> None:
    front.write(run, run, listen=["127.0.0.1:8000"])
    block = conf(run).split(f"location {path} {{", 1)[1].split("}", 1)[0]
    assert f"proxy_pass {known};" in block


class Noted:
    """A supervisor that only tells what it was given."""

    made: dict[str, Any] = {}

    def __init__(self, specs: list[Spec], *, run: Path, log: Path) -> None:
        Noted.made = {"names": [spec.name for spec in specs], "specs": specs, "run": run, "log": log}

    def serve(self) -> int:
        return 3


@pytest.fixture
def started(tmp_path: Path, run: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    monkeypatch.setattr("anzhi.site.serve.supervisor.Supervisor", Noted)
    return tmp_path


def main(*words: str) -> int:
    """`python -m anzhi.site.serve` with these words; its code."""
    before, sys.argv = sys.argv, ["serve", *words]
    try:
        runpy.run_module("anzhi.site.serve", run_name="__main__")
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        sys.argv = before
    return 0


def test_the_first_process_makes_its_folders_and_answers_the_supervisors_code(started: Path) -> None:
    assert main("--listen", "127.0.0.1:8123", "--listen", "[::1]:8123") == 3
    assert Noted.made["run"] == started / "run"
    assert (started / "log").is_dir()
    assert Noted.made["names"] == ["nginx", "pages", "live", "work", "inbox"]
    assert "listen [::1]:8123;" in conf(started / "run")


def test_page_workers_may_be_more(started: Path) -> None:
    main("--listen", "127.0.0.1:8123", "--web-workers", "6")
    command = list(Noted.made["specs"][1].command)
    assert command[command.index("--workers") + 1] == "6"


@pytest.mark.parametrize("words", [[], ["--listen"], ["--listen", "127.0.0.1:1", "--web-workers", "two"], ["8000"]])
def test_without_an_address_nothing_is_written(
    words: list[str], started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(*words) == 2
    assert "anzhi serve" in capsys.readouterr().err
    assert not (started / "run/nginx.conf").exists()


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    """A child that says who it is and waits."""
    script = "echo $$; pwd; echo to nobody >&2; exec sleep 60"
    made = Child(Spec("one", ["sh", "-c", script], stop=signal.SIGQUIT), run=tmp_path, log=tmp_path)
    yield made
    made.sweep()
    if made.process:
        made.process.wait(LIMIT)


def said(child: Child, lines: int) -> list[str]:
    """What the child wrote, once it has written so many lines."""
    end = time.monotonic() + LIMIT
    while True:
        text = (child.log / "one.log").read_text().splitlines()
        if len(text) >= lines:
            return text
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_child_writes_into_its_log_and_works_in_the_run_folder(child: Child) -> None:
    child.start()
    assert child.process
    assert said(child, 3) == [str(child.process.pid), str(child.run), "to nobody"]


def test_a_second_life_goes_on_in_the_same_log(child: Child) -> None:
    (child.log / "one.log").write_text("before\n")
    child.start()
    assert said(child, 4)[0] == "before"


def test_a_child_leads_a_session_of_its_own(child: Child) -> None:
    child.start()
    assert child.process
    assert os.getsid(child.process.pid) == child.process.pid != os.getsid(0)


def test_a_child_is_asked_by_its_own_signal(child: Child) -> None:
    child.start()
    said(child, 3)
    child.ask_to_stop()
    assert child.process
    assert child.process.wait(LIMIT) == -signal.SIGQUIT


def test_an_end_is_told_once(child: Child) -> None:
    assert child.ended() is None, "it was not born yet"
    child.start()
    assert child.ended() is None
    child.ask_to_stop()
    assert child.process
    child.process.wait(LIMIT)
    assert child.ended() == -signal.SIGQUIT
    assert child.ended() is None
    child.ask_to_stop()  # nobody is there to hear it
    child.sweep()


def test_a_socket_left_by_the_life_before_is_removed(tmp_path: Path) -> None:
    socket = tmp_path / "pages.sock"
    socket.touch()
    child = Child(Spec("one", ["true"], socket=socket), run=tmp_path, log=tmp_path)
    child.start()
    assert child.process
    child.process.wait(LIMIT)
    assert not socket.exists()


def test_the_supervisors_deafness_is_not_inherited(child: Child) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGQUIT, signal.SIGTERM})
    try:
        child.start()
        said(child, 3)
        child.ask_to_stop()
        assert child.process
        assert child.process.wait(LIMIT) == -signal.SIGQUIT
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_a_process_that_is_tied_ends_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import os, subprocess, sys, time; from anzhi.site.serve.parent import tie;"
        "child = subprocess.Popen(['sleep', '60'], preexec_fn=tie); print(child.pid, flush=True); time.sleep(60)"
    )
    middle = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert middle.stdout
    pid = int(middle.stdout.readline())
    middle.kill()
    middle.communicate()
    end = time.monotonic() + LIMIT
    while Path(f"/proc/{pid}").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text():
        assert time.monotonic() < end
        time.sleep(0.01)
    assert callable(parent.tie)
