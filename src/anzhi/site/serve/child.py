"""One process under the supervisor: how it starts, how it ends, how long to wait before it starts again."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anzhi.site.serve.parent import tie

FIRST_PAUSE, LONGEST_PAUSE, STEADY = 0.2, 10.0, 10.0
LOG_LIMIT = 20_000_000


@dataclass(frozen=True)
class Spec:
    """What to run, and when it is told to stop."""

    name: str
    command: Sequence[str]
    stop: signal.Signals = signal.SIGTERM
    stage: int = 0
    socket: Path | None = None


@dataclass
class Child:
    """A spec and the process that runs it now."""

    spec: Spec
    run: Path
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    born: float = 0.0
    due: float = 0.0
    pause: float = field(default=FIRST_PAUSE)

    def start(self) -> None:
        """Start it in a session of its own: a Ctrl-C at the terminal is the supervisor's business alone."""
        if self.spec.socket:
            self.spec.socket.unlink(missing_ok=True)
        file = self.log / f"{self.spec.name}.log"
        if file.exists() and file.stat().st_size > LOG_LIMIT:
            file.replace(file.with_suffix(".log.1"))
        with file.open("ab") as out:
            self.process = subprocess.Popen(
                self.spec.command, cwd=self.run, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True, preexec_fn=_prepare,  # safe: the supervisor has one thread
            )  # fmt: skip
        self.born = time.monotonic()

    def ended(self) -> int | None:
        """The exit status, once, when the process has ended; its orphans end with it."""
        if self.process is None or self.process.poll() is None:
            return None
        status = self.process.returncode
        self.sweep()
        self.process = None
        return status

    def plan_restart(self) -> float:
        """When it may start again: soon after a steady life, later and later after short ones."""
        now = time.monotonic()
        self.pause = FIRST_PAUSE if now - self.born > STEADY else min(self.pause * 2, LONGEST_PAUSE)
        self.due = now + self.pause
        return self.pause

    def ask_to_stop(self) -> None:
        """Its own signal, to its head: that one tells its workers."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.spec.stop)

    def sweep(self) -> None:
        """Kill what is left of its session."""
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return


def _prepare() -> None:
    """In the child before exec: the supervisor's blocked signals are not for it."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    tie()
