"""Where a request comes from."""

from ipaddress import ip_address
from typing import Any

from django.http import HttpRequest

HERE = "127.0.0.1"


def address(request: HttpRequest, *_: Any) -> str:
    """The client's address. `X-Forwarded-For` is believed from our own nginx only, which writes it anew."""
    peer = _valid(request.META.get("REMOTE_ADDR", ""))
    told = _valid(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1])
    ours = not peer or ip_address(peer).is_loopback  # a Unix socket has no address
    return (told if ours else "") or peer or HERE


def _valid(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""
