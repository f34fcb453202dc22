"""Names the phase an import is in, for tests that kill it there. Silent unless ANZHI_FAULT_LOG names a file."""

import os

PLACE = "ANZHI_FAULT_LOG"


def phase(name: str) -> None:
    """Append the name of the phase that begins."""
    if path := os.environ.get(PLACE):
        with open(path, "ab", buffering=0) as log:
            log.write(f"{os.getpid()} {name}\n".encode())
