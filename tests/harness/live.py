"""The event stream under test: a real server, real rows, people of two counties."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.live.services import publish
from harness import live_server, people, sse

HERE, FOREIGN = "532328000000", "530622000000"
SCRIPT = Path(live_server.__file__)


@dataclass
class Live:
    """The running server and a way to its pages."""

    process: subprocess.Popen
    port: int
    pages: sse.Pages

    def cookie(self, *roles: str, region: str = "532328") -> str:
        """Log somebody in."""
        session = people.client_for(*roles, region=region).session
        session.update({"seen_at": int(time.time()), "hurdles_passed": ["today", *sorted(roles)]})
        session.save()
        return session.session_key


def start(**settings: str) -> tuple[subprocess.Popen, int]:
    """Start a server; it must be stopped by the caller."""
    path = os.pathsep.join([str(SCRIPT.parents[2] / "src"), str(SCRIPT.parents[1])])
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(SCRIPT)],
        env=os.environ | {"PYTHONPATH": path} | settings,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process, int(process.stdout.readline())


def stop(process: subprocess.Popen) -> None:
    """End it, whatever state it is in."""
    process.kill()
    process.wait()
    process.stdout.close()


def tell(number: int, region: str = HERE, topic: str = "test.open") -> None:
    """Publish as a job would."""
    with system_scope(), transaction.atomic():
        publish(topic=topic, region_code=region, payload={"n": number})


def numbers(stream: sse.Stream, topic: str = "test.open") -> list[int]:
    """What the page heard, in order."""
    return [event.data["payload"]["n"] for event in stream.named(topic)]
