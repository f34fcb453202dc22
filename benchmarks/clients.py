"""Sixty-four people who click, read for a second, and click again: plain keep-alive connections in one loop."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

THOUGHT = 1.0


@dataclass
class Heard:
    """Milliseconds by address, and what was not 200."""

    took: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def click(port: int, cookie: str, addresses: Sequence[str], *, people: int, seconds: float) -> Heard:
    """Let so many people use the site for some time."""
    heard = Heard()
    asyncio.run(_all(port, cookie, addresses, people, seconds, heard))
    return heard


async def _all(port: int, cookie: str, addresses: Sequence[str], people: int, seconds: float, heard: Heard) -> None:
    end = time.monotonic() + seconds
    await asyncio.gather(*(_person(port, cookie, addresses, end, Random(at), heard) for at in range(people)))


async def _person(port: int, cookie: str, addresses: Sequence[str], end: float, chance: Random, heard: Heard) -> None:
    await asyncio.sleep(chance.random() * THOUGHT)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        while time.monotonic() < end:
            address = chance.choice(addresses)
            begun = time.monotonic()
            status = await _get(reader, writer, port, cookie, address)
            heard.took.setdefault(address, []).append((time.monotonic() - begun) * 1000)
            if status != 200:
                heard.failed.append(f"{status} {address}")
            await asyncio.sleep(THOUGHT)
    finally:
        writer.close()


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, cookie: str, address: str) -> int:
    head = f"GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: sessionid={cookie}\r\n\r\n"
    writer.write(head.encode())
    status = int((await reader.readline()).split()[1])
    size = None
    while line := (await reader.readline()).strip().lower():
        if line.startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    if size is not None:
        await reader.readexactly(size)
        return status
    while count := int(await reader.readline(), 16):  # chunked
        await reader.readexactly(count + 2)
    await reader.readline()
    return status
