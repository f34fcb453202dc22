"""Making, starting and stopping the server. Safe to repeat at any point of a half-done start."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.cluster import conf, keys, process
from tools.cluster.place import MAJOR, PORT, Place, programs
from tools.steps import Failed, step

_LOG_LIMIT = 20_000_000


def start(place: Place) -> None:
    """Bring the server up; nothing to do when it runs."""
    secrets = keys.load(place.var)
    place.open_socket_folder()
    place.give(place.home)
    if not (place.data / "PG_VERSION").exists():
        with step("database cluster made"):
            _make(place, secrets["super"])
    _check_version(place)
    if process.postmaster(place):
        return
    process.forget_the_dead(place)
    _configure(place, place.data)
    with step("database started", quiet_below=2.0):
        _launch(place)


def _make(place: Place, password: str) -> None:
    """initdb beside, then one rename: a cluster is there whole or not at all."""
    shutil.rmtree(place.data, ignore_errors=True)
    new, secret = place.home / "data.new", place.home / "pw"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    secret.touch(mode=0o600)
    secret.write_text(password)
    place.give(new, secret)
    try:
        locale = ["-E", "UTF8", "--locale=C.UTF-8", "-k"]
        login = ["-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(secret)]
        as_server(place, [str(programs() / "initdb"), "-D", str(new), *locale, *login])
    finally:
        secret.unlink()
    with (new / "postgresql.conf").open("a") as out:
        out.write("\ninclude_if_exists = 'anzhi.conf'\n")
    new.rename(place.data)


def _configure(place: Place, folder: Path) -> None:
    file = folder / "anzhi.conf"
    file.write_text(conf.wanted(place.socket, PORT))
    place.give(file)
    if place.log.exists() and place.log.stat().st_size > _LOG_LIMIT:
        place.log.unlink()


def _launch(place: Place) -> None:
    ctl = [str(programs() / "pg_ctl"), "-D", str(place.data), "-w", "-t", "60", "-l", str(place.log), "start"]
    try:
        as_server(place, ctl)
    except Failed as refusal:
        tail = "\n".join(place.log.read_text().splitlines()[-12:]) if place.log.exists() else ""
        raise Failed(f"the database does not start. {refusal}\n{tail}") from None


def _check_version(place: Place) -> None:
    found = (place.data / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise Failed(f"{place.data} is of PostgreSQL {found}, this release needs {MAJOR}: dump and restore it")


def stop(place: Place, mode: str = "fast") -> bool:
    """Stop the server; the answer says whether one ran."""
    if process.postmaster(place) is None:
        return False
    as_server(place, [str(programs() / "pg_ctl"), "-D", str(place.data), "-m", mode, "-w", "-t", "30", "stop"])
    return True


def as_server(place: Place, command: Sequence[str]) -> None:
    """Run a program as the server's account, with nothing of ours in its environment."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "PYTHON", "ANZHI"))}
    env |= {"LC_ALL": "C.UTF-8", "HOME": "/tmp"}
    user, group = place.account or (None, None)
    groups: list[int] | None = [] if user is not None else None
    # Files, not pipes: the server inherits them and would hold a pipe open for ever.
    noise = place.home / "command.log"
    with noise.open("w+") as out:
        done = subprocess.run(
            command, cwd="/", env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL,
            user=user, group=group, extra_groups=groups, start_new_session=True,
        )  # fmt: skip
        out.seek(0)
        if done.returncode:
            raise Failed(f"{Path(command[0]).name} said:\n{out.read().strip()}")
