"""People who click, the servers they click on, and the meters: over a small server of our own."""

import asyncio
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from benchmarks import clients, meters, scratch, servers

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole"
PARTS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\npar\r\n2\r\nts\r\n0\r\n\r\n"
GONE = b"HTTP/1.1 503 Away\r\ncontent-length: 0\r\n\r\n"
ANSWERS = {b"/whole/": WHOLE, b"/parts/": PARTS, b"/gone/": GONE, b"/healthz": WHOLE}


class Small:
    """Answers as it was told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.asked: list[bytes] = []
        self.connections = 0
        self.server = self.loop.run_until_complete(asyncio.start_server(self.talk, "127.0.0.1", 0))
        self.port: int = self.server.sockets[0].getsockname()[1]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while head := await reader.readline():
            lines = [head]
            while (line := await reader.readline()).strip():
                lines.append(line)
            self.asked.append(b"".join(lines))
            writer.write(ANSWERS[head.split()[1]])
            await writer.drain()
        writer.close()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    monkeypatch.setattr(clients, "THOUGHT", 0.01)
    made = Small()
    thread = threading.Thread(target=made.loop.run_forever)
    thread.start()
    yield made
    made.loop.call_soon_threadsafe(made.server.close)
    asyncio.run_coroutine_threadsafe(made.server.wait_closed(), made.loop).result(5)
    made.loop.call_soon_threadsafe(made.loop.stop)
    thread.join()
    made.loop.close()


def test_both_ways_of_sending_a_page_are_read_to_its_end(small: Small) -> None:
    heard = clients.click(small.port, "abc", ["/whole/", "/parts/"], people=2, seconds=0.3)
    assert set(heard.took) == {"/whole/", "/parts/"}
    assert heard.failed == []
    assert sum(map(len, heard.took.values())) == len(small.asked) > 8
    assert all(took > 0 for several in heard.took.values() for took in several)


def test_people_keep_their_connection_and_their_session(small: Small) -> None:
    clients.click(small.port, "abc", ["/whole/"], people=3, seconds=0.2)
    assert small.connections == 3
    assert all(b"Cookie: sessionid=abc\r\n" in asked for asked in small.asked)


def test_an_answer_other_than_200_is_noted_and_timed(small: Small) -> None:
    heard = clients.click(small.port, "abc", ["/gone/"], people=1, seconds=0.1)
    assert heard.failed == ["503 /gone/"] * len(heard.took["/gone/"])
    assert heard.failed


def test_people_think_between_clicks(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "THOUGHT", 0.2)
    clients.click(small.port, "abc", ["/whole/"], people=1, seconds=0.5)
    assert 1 <= len(small.asked) <= 4


def test_a_site_is_waited_for_until_it_is_well(small: Small) -> None:
    child = subprocess.Popen(["sleep", "60"])
    try:
        servers.wait(small.port, child)
    finally:
        child.kill()
        child.wait()
    assert small.asked[0].startswith(b"GET /healthz ")


def test_a_site_that_ended_is_not_waited_for() -> None:
    child = subprocess.Popen(["true"])
    child.wait()
    with pytest.raises(AssertionError, match="did not start"):
        servers.wait(servers.free_port(), child)


def test_a_free_port_is_one_that_can_be_taken() -> None:
    first, second = servers.free_port(), servers.free_port()
    assert 0 < first < 65536
    assert 0 < second < 65536


def test_work_is_counted_and_sleep_is_not() -> None:
    meter = meters.Meter()
    time.sleep(0.05)
    idle = meter.seconds()
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    assert idle < 0.05
    assert 0.1 <= meter.seconds() - idle < 1


def test_work_of_a_process_beside_us_is_counted_too() -> None:
    code = "i = 0\nwhile i < 10_000_000: i += 1\nprint('done', flush=True)\ninput()"
    child = subprocess.Popen(["python3", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin
    assert child.stdout
    alone, meter = meters.Meter(), meters.Meter(child.pid)
    child.stdout.readline()
    assert meter.seconds() - alone.seconds() > 0.05
    child.communicate(b"\n")


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([3.0], 0.5, 3), ([3.0, 1.0], 0.5, 1), ([1, 2, 3, 4], 0.5, 2), ([1, 2, 3, 4], 1.0, 4), (range(20), 0.95, 18)],
)
def test_percentiles_need_no_order(values: list[float], share: float, found: float) -> None:
    assert meters.percentile(values, share) == found


def test_a_benchmark_has_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    (tmp_path / "static").mkdir()
    with scratch.folder() as made:
        assert os.environ["ANZHI_VAR"] == str(made)
        assert made.parent == tmp_path
        assert (made / "static").resolve() == tmp_path / "static"
        (made / "left").write_text("over")
    assert os.environ["ANZHI_VAR"] == str(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["static"]


def test_a_folder_goes_when_the_benchmark_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    with pytest.raises(ValueError, match="inside"), scratch.folder():
        raise ValueError("inside")
    assert list(tmp_path.iterdir()) == []
    assert os.environ["ANZHI_VAR"] == str(tmp_path)


@contextmanager
def dropping(monkeypatch: pytest.MonkeyPatch, refusals: int) -> Iterator[list[str]]:
    asked: list[str] = []

    def drop(name: str) -> None:
        asked.append(name)
        if len(asked) <= refusals:
            raise psycopg.errors.InsufficientPrivilege

    monkeypatch.setattr(scratch.databases, "drop", drop)
    monkeypatch.setattr(scratch, "PAUSE", 0.0)
    yield asked


@pytest.mark.parametrize("refusals", [0, 1, 5])
def test_a_database_that_the_server_itself_uses_is_dropped_later(
    refusals: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dropping(monkeypatch, refusals) as asked:
        scratch.drop("bench")
    assert len(asked) == refusals + 1


def test_patience_with_the_server_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "TURNS", 3)
    with dropping(monkeypatch, 99) as asked, pytest.raises(psycopg.errors.InsufficientPrivilege):
        scratch.drop("bench")
    assert len(asked) == 3
