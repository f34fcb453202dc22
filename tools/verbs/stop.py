"""`./anzhi stop`: for whatever a closed terminal or a killed process left running."""

import os
import signal
import time
from pathlib import Path

from tools import options, site
from tools.cluster import holders, process, server
from tools.cluster.place import Place
from tools.paths import var
from tools.steps import say

PATIENCE = 15.0


def run(arguments: list[str]) -> int:
    """End a demo or server of this folder, then the clusters nobody uses."""
    options.plain("stop", arguments)
    folder = var()
    ended = _end(folder)
    places = [Place(at) for at in (folder, folder / "test") if (at / "pg").exists()]
    results = [_stop(place) for place in places]
    if not ended and not any(results):
        say("nothing was running")
    return 0


def _stop(place: Place) -> bool:
    with holders.emptied(place) as empty:
        if empty:
            return server.stop(place)
    say(f"another command still uses the database in {place.var}: left running")
    return True


def _end(folder: Path) -> bool:
    """Ask the site of this folder to stop, and wait for it. A number without its lock may be anybody's by now."""
    try:
        pid = int((folder / "run/serve.pid").read_text())
    except (FileNotFoundError, ValueError):
        return False
    if not site.taken(folder) or not process.alive(pid, "python"):
        return False
    os.kill(pid, signal.SIGTERM)
    limit = time.monotonic() + PATIENCE
    while process.alive(pid, "python") and time.monotonic() < limit:
        time.sleep(0.1)
    return True
