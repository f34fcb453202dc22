"""Is the server alive? pg_ctl believes a zombie is, and so it refuses to start beside one."""

from pathlib import Path

from tools.cluster.place import PORT, Place


def alive(pid: int, name: str) -> bool:
    """Does this process run that program, and is it more than a zombie?"""
    try:
        line = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    end = line.rindex(")")
    return name in line[:end] and line[end + 2] not in "ZX"


def postmaster(place: Place) -> int | None:
    """The process id of the running server, if there is one."""
    try:
        pid = int((place.data / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return pid if alive(pid, "postgres") else None


def forget_the_dead(place: Place) -> None:
    """Remove the locks of a server that is no more; its number may be a zombie's or another program's by now."""
    if postmaster(place) is None:
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        (place.socket / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
