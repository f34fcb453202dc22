"""Names the phase an import is in, and when it began: for tests that kill it there, and for measuring.

Silent unless ANZHI_FAULT_LOG names a file.
"""

import os
import time

PLACE = "ANZHI_FAULT_LOG"


def phase(name: str) -> None:
    """Append the name of the phase that begins."""
    if path := os.environ.get(PLACE):
        with open(path, "ab", buffering=0) as log:
            log.write(f"{os.getpid()}@{time.monotonic():.4f} {name}\n".encode())
