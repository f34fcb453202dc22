"""Where a request comes from."""

from typing import Any

from django.http import HttpRequest

PROXY = {"", "127.0.0.1", "::1"}  # our own nginx, by socket or loopback; it always sets the header anew


def address(request: HttpRequest, *_: Any) -> str:
    """The client's address, as nginx saw it; the header is believed from nobody else."""
    peer = request.META.get("REMOTE_ADDR", "")
    told = request.META.get("HTTP_X_REAL_IP", "").strip() if peer in PROXY else ""
    return told or peer or "127.0.0.1"
