"""Which addresses a server may take. Asked before anything is started: a taken port is no reason to migrate."""

import errno
import socket

from tools.steps import Failed

LOOPBACK = "127.0.0.1"


def claim(bind: str, port: int) -> list[str]:
    """The addresses to listen on, as nginx writes them; loopback is both of its families where they exist."""
    wanted = [LOOPBACK, "::1"] if bind in (LOOPBACK, "localhost") else [bind]
    found = [written(address, port) for address in wanted if _free(address, port)]
    if not found:
        raise Failed(f"this machine has no address {bind}")
    return found


def written(address: str, port: int) -> str:
    """ADDRESS:PORT, with brackets around an IPv6 address."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _free(address: str, port: int) -> bool:
    """Can it be listened on? False where the machine has no such address, an error where the port is taken."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
            probe.listen(1)
    except OSError as refusal:
        if refusal.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            return False
        if refusal.errno == errno.EADDRINUSE:
            raise Failed(f"port {port} is already in use on {address}; take another one with --port") from None
        if refusal.errno == errno.EACCES:
            raise Failed(f"port {port} needs root; take one from 1024 up with --port") from None
        raise Failed(f"cannot listen on {written(address, port)}: {refusal.strerror}") from None
    return True
