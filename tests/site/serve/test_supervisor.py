"""The supervisor over small programs: what dies comes back, the end is ordered, nothing is left."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from anzhi.site.serve.child import Child, Spec

LIMIT = 10.0


def until(told: Callable[[], object], seconds: float = LIMIT) -> None:
    """Wait for something that happens in another process."""
    end = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Site:
    """A supervisor over shell scripts that write their numbers into a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "log").mkdir()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 3.0, **scripts: str) -> None:
        """Each script runs in sh; `born NAME` has been written before it."""
        specs = ", ".join(
            f"Spec({name!r}, ['sh', '-c', {f'echo $$ >> {name}.pids; {script}'!r}], stage={stage})"
            for stage, (name, script) in enumerate(scripts.items())
        )
        code = f"""
            import pathlib
            from anzhi.site.serve.child import Spec
            from anzhi.site.serve import supervisor
            from anzhi.site.serve.supervisor import Supervisor
            supervisor.PATIENCE = {patience}
            here = pathlib.Path.cwd()
            raise SystemExit(Supervisor([{specs}], run=here, log=here / "log").serve())
        """
        self.process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], cwd=self.folder)

    def pids(self, name: str) -> list[int]:
        file = self.folder / f"{name}.pids"
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def end(self, number: int = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(LIMIT)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site that is ended in any case."""
    made = Site(tmp_path)
    yield made
    if made.process and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def test_a_killed_child_comes_back(site: Site) -> None:
    site.start(one="exec sleep 60")
    until(lambda: site.pids("one"))
    os.kill(site.pids("one")[0], signal.SIGKILL)
    until(lambda: len(site.pids("one")) == 2)
    assert site.end() == 0
    assert not any(alive(pid) for pid in site.pids("one"))


def test_a_child_that_cannot_live_is_not_started_without_end(site: Site) -> None:
    site.start(one="exit 1", other="exec sleep 60")
    until(lambda: len(site.pids("one")) >= 3)
    assert site.end() == 0
    assert len(site.pids("one")) <= 6
    assert len(site.pids("other")) == 1


def test_the_order_of_the_end_is_the_order_of_stages(site: Site) -> None:
    note = "trap 'echo {0} >> order; exit 0' TERM; touch {0}.ready; while :; do sleep 0.05; done"
    site.start(first=note.format("first"), second=note.format("second"))
    until(lambda: (site.folder / "first.ready").exists() and (site.folder / "second.ready").exists())
    assert site.end() == 0
    assert (site.folder / "order").read_text().split() == ["first", "second"]


def test_what_does_not_listen_is_killed_and_its_children_too(site: Site) -> None:
    site.start(patience=0.4, deaf="trap '' TERM; sleep 60 & echo $! >> deaf.pids; wait; sleep 60")
    until(lambda: len(site.pids("deaf")) == 2)
    begun = time.monotonic()
    assert site.end(signal.SIGINT) == 0
    assert time.monotonic() - begun < 3
    assert not any(alive(pid) for pid in site.pids("deaf"))


def test_when_the_supervisor_is_killed_nothing_stays(site: Site) -> None:
    site.start(one="exec sleep 60", two="exec sleep 60")
    until(lambda: site.pids("one") and site.pids("two"))
    site.end(signal.SIGKILL)
    until(lambda: not any(alive(pid) for name in ("one", "two") for pid in site.pids(name)))


def test_pauses_grow_up_to_a_limit_and_are_forgotten_after_a_steady_life(tmp_path: Path) -> None:
    child = Child(Spec("one", ["true"]), run=tmp_path, log=tmp_path, born=time.monotonic())
    pauses = [child.plan_restart() for _ in range(8)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 10.0
    child.born = time.monotonic() - 60
    assert child.plan_restart() == 0.2


def test_a_long_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anzhi.site.serve.child.LOG_LIMIT", 3)
    (tmp_path / "one.log").write_text("before")
    child = Child(Spec("one", ["echo", "now"]), run=tmp_path, log=tmp_path)
    child.start()
    assert child.process
    child.process.wait(LIMIT)
    assert (tmp_path / "one.log").read_text() == "now\n"
    assert (tmp_path / "one.log.1").read_text() == "before"
