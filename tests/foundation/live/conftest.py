"""A running event stream."""

from collections.abc import Iterator

import pytest

from harness import live_server, sse
from harness.live import Live, start, stop


@pytest.fixture
def live(live_db: str) -> Iterator[Live]:
    """The server with short beats."""
    live_server.register()
    process, port = start(ANZHI_LIVE_BEAT="0.3", ANZHI_LIVE_RECHECK="0.2")
    try:
        with sse.pages(port) as opened:
            yield Live(process, port, opened)
    finally:
        stop(process)
