"""Where the Unix sockets between nginx and the servers lie: in the run folder, unless the way there is too long."""

import hashlib
import os
import stat
from pathlib import Path

LONGEST = 100  # a socket's address holds 107 bytes
LONGEST_NAME = "/pages.sock"


def folder(run: Path) -> Path:
    """The run folder itself, or a folder of ours alone under /tmp that stands for it."""
    if len(os.fsencode(run)) + len(LONGEST_NAME) <= LONGEST:
        return run
    short = Path("/tmp") / f"anzhi-run-{hashlib.sha256(os.fsencode(run)).hexdigest()[:10]}"  # noqa: S108 — owner checked
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise PermissionError(f"{short} is not a folder of ours alone: remove it")
    return short
