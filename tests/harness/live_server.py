"""`/live` as it runs in production, on a loopback port that it prints; topics of its own for the tests."""

import socket
import sys

import uvicorn

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.live import asgi, registry

TOPICS = {"test.open": Permission.LIVE_FOLLOW, "test.money": Permission.ALERT_VIEW}


def register() -> None:
    """Also called by the tests, which publish."""
    for name, permission in TOPICS.items():
        registry.topic(name, permission)


if __name__ == "__main__":
    register()
    door = socket.create_server(("127.0.0.1", 0), backlog=2048)
    sys.stdout.write(f"{door.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(asgi.app, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
    uvicorn.Server(config).run(sockets=[door])
