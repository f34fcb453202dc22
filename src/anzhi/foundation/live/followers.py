"""One open page: what it may see, and what waits to be sent to it."""

import asyncio
from collections import deque

from anzhi.foundation.live.rules import Message, frame

MOST_WAITING = 100
RESYNC = frame("resync", {})


class Follower:
    """Filters on the server: a message of another area or topic never reaches the queue."""

    def __init__(self, prefix: str, topics: frozenset[str]) -> None:
        self.prefix, self.topics = prefix, topics
        self.waiting: deque[bytes] = deque()
        self.something = asyncio.Event()
        self.closed = False
        self.past: set[int] = set()  # numbers sent from the past, that may come a second time as present
        self.held: list[Message] | None = None

    def sees(self, message: Message) -> bool:
        """Whether this page may have the message, and asked for it."""
        return message.topic in self.topics and message.region_code.startswith(self.prefix)

    def offer(self, message: Message) -> None:
        """Queue the message if it is for this page. Who reads too slowly starts afresh."""
        if not self.sees(message) or message.id in self.past:
            return
        if self.held is not None:
            self.held.append(message)
        elif len(self.waiting) >= MOST_WAITING:
            self.waiting.clear()
            self.put(RESYNC)
        else:
            self.put(message.frame)

    def hold(self) -> None:
        """Keep the present back until the past is queued, so that the last number sent is the newest."""
        self.held = []

    def send_past(self, messages: list[Message]) -> None:
        """Queue what was missed."""
        for message in messages:
            self.past.add(message.id)
            self.put(message.frame)

    def release(self) -> None:
        """Queue what was held, less what was in the past already."""
        held, self.held = self.held or [], None
        if len(held) > MOST_WAITING:
            self.put(RESYNC)
            return
        for message in held:
            if message.id not in self.past:
                self.put(message.frame)

    def put(self, data: bytes) -> None:
        """Queue bytes as they are."""
        self.waiting.append(data)
        self.something.set()

    def close(self) -> None:
        """End the stream after what is queued."""
        self.closed = True
        self.something.set()

    async def take(self, patience: float) -> bytes:
        """All that waits, as one piece; nothing when `patience` seconds pass."""
        try:
            async with asyncio.timeout(patience):
                await self.something.wait()
        except TimeoutError:
            return b""
        self.something.clear()
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data
