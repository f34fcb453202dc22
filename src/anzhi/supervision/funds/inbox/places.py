"""The folders of the inbox, and which files in it count."""

import fcntl
from pathlib import Path

from django.conf import settings

DONE, REFUSED = "done", "refused"


def folder() -> Path:
    """The inbox, with its two folders for what is finished."""
    root = Path(settings.INBOX_ROOT)
    for name in (DONE, REFUSED):
        (root / name).mkdir(parents=True, exist_ok=True)
    return root


def counts(path: Path) -> bool:
    """Whether a file is meant for us: no `*.part`, nothing hidden, no folder, no link."""
    hidden = path.name.startswith(".") or path.suffix.lower() in (".part", ".tmp", ".swp")
    return not hidden and path.is_file() and not path.is_symlink()


def being_written(path: Path) -> bool:
    """Whether some process has the file open for writing: Linux then refuses a read lease."""
    with path.open("rb") as file:
        try:
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except BlockingIOError:
            return True
        except OSError:
            return False  # not ours, or a file system without leases: parsing will tell
    return False


def finished(path: Path, place: str, number: int) -> Path:
    """Where a finished file goes; a name already there gets the file's number."""
    home = path.parent / place / path.name
    return home.with_name(f"{path.stem}-{number}{path.suffix}") if home.exists() else home
