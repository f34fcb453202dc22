"""What runs beside the queue in a worker process: short loops that must not wait behind long jobs.

An app's `jobs.py` declares one with `@beside.runs`: a function that works in its own thread until the flag it is
given is set. It closes its database connection itself, and two workers may run it at once.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Loop = Callable[[threading.Event], None]
PATIENCE = 3.0  # seconds a loop may take to end

loops: list[Loop] = []


def runs(loop: Loop) -> Loop:
    """Declare a loop."""
    loops.append(loop)
    return loop


@contextmanager
def running() -> Iterator[None]:
    """Every declared loop, from the beginning to the end of the block."""
    stop = threading.Event()
    threads = [threading.Thread(target=loop, args=(stop,), name=loop.__name__, daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
