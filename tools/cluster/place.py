"""Where a cluster lies and as whom it runs: PostgreSQL refuses root, and a socket's path has at most 107 bytes."""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.steps import Failed, say

MAJOR = "15"
PORT = 5432
SYSTEM_HOME = Path("/var/lib")
_LONGEST_SOCKET = 100


def programs() -> Path:
    """The folder of Debian's server programs."""
    folder = Path(os.environ.get("ANZHI_PG_BIN") or f"/usr/lib/postgresql/{MAJOR}/bin")
    if not (folder / "postgres").exists():
        raise Failed(f"PostgreSQL {MAJOR} is not at {folder}: ./anzhi setup installs it", 3)
    return folder


@dataclass(frozen=True)
class Place:
    """The folders of one cluster, found from its `var`."""

    var: Path

    @cached_property
    def home(self) -> Path:
        """var/pg; below a folder closed to others, root keeps it in /var/lib and links it."""
        link = self.var / "pg"
        if link.exists():
            return link.resolve()
        if os.geteuid() != 0 or open_to_others(self.var):
            link.mkdir(exist_ok=True)
            return link
        link.unlink(missing_ok=True)  # a link to nowhere
        real = SYSTEM_HOME / f"anzhi-{short_hash(self.var)}"
        if real.exists():
            say(f"{real} belonged to a var folder that is gone: removed")
            shutil.rmtree(real)
        real.mkdir(mode=0o755)
        link.symlink_to(real)
        return real

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "server.log"

    @cached_property
    def socket(self) -> Path:
        """The folder of the Unix socket."""
        near = self.home / "run"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= _LONGEST_SOCKET:
            return near
        return Path("/tmp") / f"anzhi-{short_hash(self.home)}"  # a fixed name: owner and mode are checked

    @cached_property
    def account(self) -> tuple[int, int] | None:
        """(user, group) to run the server as; None when this process already is an ordinary user."""
        owner = self.data.stat().st_uid if self.data.exists() else None
        if os.geteuid() != 0:
            if owner not in (None, os.geteuid()):
                raise Failed(f"{self.data} belongs to user {owner}: use that account, or another ANZHI_VAR")
            return None
        for candidate in (owner, "postgres"):
            if candidate and (found := _lookup(candidate)):
                return found.pw_uid, found.pw_gid
        raise Failed("root may not run PostgreSQL and there is no account `postgres` to run it as", 3)

    def give(self, *paths: Path) -> None:
        """Let the server's account own these."""
        for path in paths:
            if self.account:
                os.chown(path, *self.account)

    def open_socket_folder(self) -> None:
        """Make the socket's folder; one that another account prepared is refused."""
        self.socket.mkdir(mode=0o700, exist_ok=True)
        found = self.socket.lstat()
        wanted = {os.geteuid(), self.account[0] if self.account else os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in wanted or found.st_mode & 0o077:
            raise Failed(f"{self.socket} is not a folder of ours alone: remove it")
        self.give(self.socket)


def open_to_others(folder: Path) -> bool:
    """May every account walk down to this folder?"""
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents))


def short_hash(path: Path) -> str:
    """Ten letters that stand for a path."""
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:10]


def _lookup(account: int | str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(account) if isinstance(account, int) else pwd.getpwnam(account)
    except KeyError:
        return None
