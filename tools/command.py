"""From a verb to the function that does it."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from tools.steps import Failed, say
from tools.verbs import demo, manage, prepare, serve, shots, stop, test

Verb = Callable[[list[str]], int]

VERBS: dict[str, Verb] = {
    "demo": demo.run,
    "test": test.everything,
    "pytest": test.alone,
    "lint": test.lint,
    "serve": serve.run,
    "worker": serve.worker,
    "manage": manage.run,
    "shots": shots.run,
    "setup": prepare.run,
    "messages": prepare.messages,
    "stop": stop.run,
} | {name: manage.named(name) for name in ("statements", "alerts", "audit", "bench")}


def main(arguments: list[str]) -> int:
    """Run one verb; a failed step ends in its sentence, not in a traceback."""
    os.environ.pop("PYTHONPATH", None)  # it was for this process alone
    os.umask(0o022)
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asked to live on
        signal.signal(signal.SIGHUP, _interrupt)
    verb, *rest = arguments or ["help"]
    if verb not in VERBS:
        say(f"there is no command {verb!r}; ./anzhi help lists them")
        return 2
    try:
        return VERBS[verb](rest)
    except Failed as failure:
        say(str(failure))
        return failure.code
    except KeyboardInterrupt:
        return 130


def _interrupt(number: int, frame: FrameType | None) -> None:
    """SIGTERM ends like Ctrl-C: through every `finally`."""
    sys.exit(128 + number)
