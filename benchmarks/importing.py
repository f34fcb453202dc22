"""One import in a process of its own: what each part of it cost, and how much memory it took. Prints JSON."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.db import connection

from benchmarks.meters import Meter

LATE = ("insert", "rules", "commit")


def elsewhere(path: Path) -> dict[str, Any]:
    """Import a file in a new process."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.importing", str(path)]
    here = Path(__file__).resolve().parents[1]
    env = os.environ | {"PYTHONPATH": str(here)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env, cwd=here)
    return json.loads(done.stdout.splitlines()[-1])


def main(path: Path) -> dict[str, Any]:
    """Import it, noting CPU seconds where a phase begins."""
    from anzhi.supervision.funds import marks  # noqa: PLC0415 — Django is ready only now
    from anzhi.supervision.funds.management.commands.statements import bring  # noqa: PLC0415

    connection.ensure_connection()
    seen: dict[str, float] = {}

    def phase(name: str) -> None:
        if name in LATE or name not in seen:
            seen[name] = meter.seconds()

    marks.phase = phase  # type: ignore[assignment]
    meter, begun = Meter(connection.connection.info.backend_pid), time.monotonic()
    file = bring(path, "auto")
    whole = meter.seconds()
    told = {name: getattr(file, name) for name in ("state", "entries", "added", "raised", "errors")}
    if "commit" not in seen:  # refused, or known already: there are no parts to tell of
        return told
    return told | {
        "parse": seen["insert"] - seen["parse"],
        "insert": seen["rules"] - seen["insert"],
        "rules": seen["commit"] - seen["rules"],
        "store": whole - seen["insert"],
        "wall": time.monotonic() - begun,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(Path(sys.argv[1]))))
