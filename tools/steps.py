"""What the person at the terminal reads: one line a step, with its seconds, and one sentence when it fails."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class Failed(Exception):
    """A step that cannot go on: the sentence to print, and the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """Print one line; standard output stays free for what a verb answers."""
    print(f"anzhi: {sentence}", file=sys.stderr, flush=True)


@contextmanager
def step(label: str, *, quiet_below: float = 0.0) -> Iterator[None]:
    """Time the block and print its line, unless it took no time worth telling."""
    begun = time.monotonic()
    yield
    seconds = time.monotonic() - begun
    if seconds >= quiet_below:
        say(f"{label:<52} {seconds:6.1f} s")


def run(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
    lines: int = 25,
) -> None:
    """Run a program whose noise matters only when it fails: its last lines then; all of it in `log`, where given."""
    done = subprocess.run(  # no shell: the arguments are ours
        [str(word) for word in command], env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if log:
        with log.open("a") as out:
            out.write(done.stdout)
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-lines:])
        raise Failed(f"`{Path(command[0]).name} {' '.join(command[1:4])}` failed:\n{tail}")
