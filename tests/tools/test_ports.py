"""Taking an address: free, taken, absent."""

import socket
from collections.abc import Iterator

import pytest
from tools.steps import Failed

from tools import ports


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def test_loopback_is_both_families_or_the_one_there_is() -> None:
    port = free_port()
    assert ports.claim("localhost", port)[0] == f"127.0.0.1:{port}"
    assert set(ports.claim("127.0.0.1", port)) <= {f"127.0.0.1:{port}", f"[::1]:{port}"}


def test_a_taken_port_is_named(taken: int) -> None:
    with pytest.raises(Failed, match=f"port {taken} is already in use"):
        ports.claim("127.0.0.1", taken)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Failed, match=r"no address 192\.0\.2\.1"):
        ports.claim("192.0.2.1", free_port())


def test_an_ipv6_address_is_written_in_brackets() -> None:
    assert ports.written("::", 80) == "[::]:80"
