"""The heart of `/live`: one listening connection, and everybody who follows.

A notification only wakes us. What to send is asked by transaction number: every row whose transaction was
not finished when we last looked, less those already sent. So rows that commit out of order, and rows that
were announced while the connection was down, arrive once.
"""

import asyncio
import logging
from collections import deque

import psycopg

from anzhi.foundation.live import source
from anzhi.foundation.live.followers import RESYNC, Follower
from anzhi.foundation.live.rules import Cursor, Message, frame, message

log = logging.getLogger(__name__)

LOOK_ANYWAY = 15.0  # seconds; a notification can be lost with its connection
REMEMBERED = 2000
MOST_MISSED = 500


class Hub:
    """Reads once, sends to many."""

    def __init__(self) -> None:
        self.followers: set[Follower] = set()
        self.recent: deque[Message] = deque(maxlen=REMEMBERED)
        self.horizon: int | None = None
        self.seen: dict[int, int] = {}  # sent, but of transactions we will ask for again
        self.fresh = False
        self.closing = False

    async def run(self) -> None:
        """Listen for ever; a lost database is waited for."""
        pause = 0.2
        while True:
            try:
                async with source.Source() as rows:
                    async for _ in rows.wakes(LOOK_ANYWAY):
                        await self.look(rows)
                        self.tell(fresh=True)
                        pause = 0.2
            except (psycopg.Error, OSError) as error:
                log.warning("live: database lost (%s), trying again in %.1f s", type(error).__name__, pause)
            self.tell(fresh=False)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def look(self, rows: source.Source) -> None:
        """Fetch what became visible since the last look, and hand it round."""
        if self.horizon is None:
            self.horizon = await rows.horizon()
        found = await rows.since(self.horizon, skip=set(self.seen))
        for row in found.rows:
            self.send(message(row, found.horizon))
            self.seen[row.id] = row.xid
        self.seen = {number: xid for number, xid in self.seen.items() if xid >= found.horizon}
        self.horizon = found.horizon

    def send(self, event: Message) -> None:
        """Remember, and offer to all."""
        self.recent.append(event)
        for follower in self.followers:
            follower.offer(event)

    def tell(self, *, fresh: bool) -> None:
        """Let pages know when what they show may be old, and when it is current again."""
        if fresh != self.fresh:
            self.fresh = fresh
            for follower in self.followers:
                follower.put(frame("state", {"fresh": fresh}))

    async def join(self, follower: Follower, last: Cursor | None) -> None:
        """Follow from now on; with a cursor, from there."""
        self.followers.add(follower)
        if self.closing:
            follower.close()
        follower.put(frame("hello", {"fresh": self.fresh}, None if last else Cursor(0, self.horizon or 0)))
        if last:
            await self.catch_up(follower, last)

    async def catch_up(self, follower: Follower, last: Cursor) -> None:
        """Queue what the page missed while it was away, or ask it to reload when that is too much."""
        follower.hold()
        missed = self.after(last)
        if missed is None:
            missed = await self.from_rows(follower, last)
        wanted = [event for event in missed or () if follower.sees(event)]
        if missed is None or len(wanted) > MOST_MISSED:
            follower.put(RESYNC)
        else:
            follower.send_past(wanted)
        follower.release()

    def after(self, last: Cursor) -> list[Message] | None:
        """What this process sent after that event, in the same order; None when it does not remember."""
        events = list(self.recent)
        for place, event in enumerate(events):
            if event.id == last.event:
                return events[place + 1 :]
        return None

    async def from_rows(self, follower: Follower, last: Cursor) -> list[Message] | None:
        """The same from the table, in the follower's own scope; None when it is too much or not to be had."""
        try:
            async with source.Source(listen=False) as rows:
                found = await rows.since(last.horizon, skip={last.event}, prefix=follower.prefix, most=MOST_MISSED)
        except (psycopg.Error, OSError):
            return None
        return None if found.cut else [message(row, found.horizon) for row in found.rows]

    def leave(self, follower: Follower) -> None:
        """The page is gone."""
        self.followers.discard(follower)

    def close(self) -> None:
        """End all streams at once: the process stops."""
        self.closing = True
        for follower in self.followers:
            follower.close()
