"""A var folder with a real, small, throw-away cluster, used through other processes."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tools import build

ROOT = Path(__file__).parents[2]
COMMAND = str(ROOT / "anzhi")
LIMIT = 60.0


def until(told: Callable[[], object], seconds: float = LIMIT) -> None:
    """Wait for something that happens in another process."""
    end = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


class Var:
    """A var folder, and the processes that use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[str]] = []

    @property
    def env(self) -> Mapping[str, str]:
        """Our environment without the suite's own database."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANZHI", "DJANGO", "COV"))}
        small = {"ANZHI_VAR": str(self.folder), "ANZHI_PG_UNSAFE": "1", "ANZHI_PG_BUFFERS": "32MB"}
        return kept | small | {"PYTHONPATH": str(ROOT)}

    def start(self, *command: str) -> "subprocess.Popen[str]":
        """Start a program that is ended after the test in any case."""
        child = subprocess.Popen(
            command, env=self.env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.started.append(child)
        return child

    def hold(self) -> "subprocess.Popen[str]":
        """A process that holds the cluster until it may read a line; it has said `in` when it is inside."""
        code = """
            import sys
            from pathlib import Path
            from tools.cluster import bootstrap, holders
            from tools.cluster.place import Place
            with holders.held(Place(Path(sys.argv[1]))) as place:
                print("in", bootstrap.psql(place, "-c", "SELECT 40 + 2").strip(), flush=True)
                sys.stdin.readline()
        """
        child = self.start(sys.executable, "-c", textwrap.dedent(code), str(self.folder))
        assert child.stdout
        for line in child.stdout:
            if line.startswith("in 42"):
                return child
        raise AssertionError(f"the cluster did not start: {child.wait()}")

    def leave(self, child: "subprocess.Popen[str]") -> None:
        """Let a holder go."""
        child.communicate("\n", timeout=LIMIT)
        assert child.returncode == 0

    def postmaster(self) -> int | None:
        """The server's process id, if it lives."""
        try:
            pid = int((self.folder / "pg/data/postmaster.pid").read_text().split()[0])
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, IndexError):
            return None
        return None if state == "Z" else pid

    def collected(self) -> None:
        """Pretend that the static files were collected: seven thousand icons are no test of serving."""
        for name in ("static", "stamps"):
            (self.folder / name).mkdir(exist_ok=True)
        (self.folder / "stamps/static").write_text(build.static_files())

    def clear(self) -> None:
        """End and remove everything, also what root keeps outside of a closed folder."""
        for child in self.started:
            if child.poll() is None:
                child.kill()
            child.communicate()
        if pid := self.postmaster():
            os.kill(pid, signal.SIGQUIT)
            until(lambda: self.postmaster() is None)
        home = self.folder / "pg"
        if home.is_symlink():
            shutil.rmtree(home.resolve(), ignore_errors=True)
