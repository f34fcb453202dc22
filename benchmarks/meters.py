"""CPU seconds of this process and of the database backends that work for it.

The machine is shared, so wall time says little: what is compared are seconds of work.
"""

import math
import os
import time
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def spent_by(pid: int) -> float:
    """CPU seconds of another process so far; 0 when it has gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


class Meter:
    """`seconds()` since it was made."""

    def __init__(self, *backends: int) -> None:
        self.backends = backends
        self.begun = self._now()

    def _now(self) -> float:
        return time.process_time() + sum(map(spent_by, self.backends))

    def seconds(self) -> float:
        """CPU seconds, ours and the backends'."""
        return self._now() - self.begun


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of all lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered) - 1e-9) - 1)]
