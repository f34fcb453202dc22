"""Who uses the cluster: each user holds a shared lock, and the last one out turns off the light."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tools.cluster import bootstrap, process, server
from tools.cluster.place import Place
from tools.steps import Failed, say, step


@contextmanager
def held(place: Place) -> Iterator[Place]:
    """The cluster runs inside this block, however many blocks there are in however many processes.

    A process that is killed drops its locks with its life: the server stays, and the next user adopts it.
    """
    with _lock(place.var, "gate") as gate, _lock(place.var, "users") as users:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            server.start(place)
            bootstrap.ensure(place)
            fcntl.flock(gate, fcntl.LOCK_UN)
            yield place
        finally:
            fcntl.flock(gate, fcntl.LOCK_EX)
            if _alone(users):
                with step("database stopped", quiet_below=2.0):
                    server.stop(place)


def revive(place: Place) -> None:
    """Start a server that was killed under its holders; what it had committed is there."""
    if process.postmaster(place):
        return
    with _lock(place.var, "gate") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        say("the database is gone: starting it again")
        try:
            server.start(place)
        except Failed as refusal:  # its old children may still be leaving: the next look tries again
            say(str(refusal))


@contextmanager
def emptied(place: Place) -> Iterator[bool]:
    """Nobody else may come in during this block; the answer says whether nobody is inside."""
    with _lock(place.var, "gate") as gate, _lock(place.var, "users") as users:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield _alone(users)


def _alone(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock(var: Path, name: str) -> IO[str]:
    return (var / f"{name}.lock").open("w")
