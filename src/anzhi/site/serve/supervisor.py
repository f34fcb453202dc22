"""Starts the children, restarts those that die, stops them in order. It sleeps until a signal comes."""

import logging
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from anzhi.site.serve.child import Child, Spec

ENDINGS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
WAKING = ENDINGS | {signal.SIGCHLD}
PATIENCE = 3.0  # seconds a stage may take before it is killed
logger = logging.getLogger("anzhi.serve")


class Supervisor:
    """The one process the operator sees."""

    def __init__(self, specs: Sequence[Spec], *, run: Path, log: Path) -> None:
        self.children = [Child(spec, run=run, log=log) for spec in specs]
        logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO, filename=log / "serve.log")

    def serve(self) -> int:
        """Until SIGTERM or SIGINT: 0. When the front cannot start at all: 1."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WAKING)
        if not self._front_is_sound():
            return 1
        try:
            for child in self.children:
                child.start()
            self._watch()
        finally:
            self._stop()
        return 0

    def _front_is_sound(self) -> bool:
        for child in self.children:
            if child.spec.name == "nginx":
                done = subprocess.run([*child.spec.command, "-t"], cwd=child.run, capture_output=True, text=True)
                logger.info("nginx -t: %s", done.stderr.strip())
                return done.returncode == 0
        return True

    def _watch(self) -> None:
        while True:
            got = signal.sigtimedwait(WAKING, self._until_next())
            if got and got.si_signo in ENDINGS:
                return
            for child in self.children:
                self._mend(child)

    def _until_next(self) -> float:
        """Seconds until the next restart is due; a minute when none is."""
        now = time.monotonic()
        return max(0.0, min((child.due - now for child in self.children if not child.process), default=60.0))

    def _mend(self, child: Child) -> None:
        status = child.ended()
        if status is not None:
            logger.info("%s ended (%s), again in %.1f s", child.spec.name, status, child.plan_restart())
        if child.process is None and time.monotonic() >= child.due:
            child.start()

    def _stop(self) -> None:
        for stage in sorted({child.spec.stage for child in self.children}):
            members = [child for child in self.children if child.spec.stage == stage]
            for child in members:
                child.ask_to_stop()
            _wait(members, PATIENCE)
            for child in members:
                child.sweep()
        logger.info("stopped")


def _wait(children: Iterable[Child], seconds: float) -> None:
    """Until all have ended, or the time is over; SIGCHLD wakes us."""
    limit = time.monotonic() + seconds
    while any(child.process and child.process.poll() is None for child in children):
        left = limit - time.monotonic()
        if left <= 0:
            return
        signal.sigtimedwait({signal.SIGCHLD}, left)
