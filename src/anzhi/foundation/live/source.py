"""The event table as `/live` reads it: over psycopg's own asynchronous connections, outside every pool."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Self

import psycopg
from django.db import connection

from anzhi.foundation.access.backend.base import BIND
from anzhi.foundation.access.context import Scope
from anzhi.foundation.live.rules import Row
from anzhi.foundation.live.services import CHANNEL

HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
# one statement, one snapshot: the horizon is that of the rows
SINCE = f"""
SELECT ({HORIZON}), e.id, e.topic, e.region_code, e.payload, e.at, e.xid
FROM (SELECT 1) one LEFT JOIN live_liveevent e
  ON e.xid >= %(horizon)s AND NOT e.id = ANY(%(skip)s) AND e.region_code >= %(low)s AND e.region_code < %(high)s
ORDER BY e.id LIMIT %(most)s
"""  # noqa: S608 — a constant of our own
MOST = 10_000


@dataclass(frozen=True)
class Found:
    """Rows of one snapshot; `cut` when there were more."""

    horizon: int
    rows: list[Row]
    cut: bool


def _parameters() -> dict[str, Any]:
    """Where Django would connect, without what only its own cursors understand."""
    given = connection.get_connection_params()
    return {key: value for key, value in given.items() if key not in {"cursor_factory", "context"}}


class Source:
    """Use as `async with`: connections are opened and closed here."""

    def __init__(self, *, listen: bool = True) -> None:
        self.listen = listen
        self.reading: psycopg.AsyncConnection | None = None
        self.listening: psycopg.AsyncConnection | None = None

    async def __aenter__(self) -> Self:
        self.reading = await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True)
        if self.listen:
            self.listening = await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True)
            await self.listening.execute(f"LISTEN {CHANNEL}")
        return self

    async def __aexit__(self, *error: object) -> None:
        for held in (self.reading, self.listening):
            if held:
                await held.close()

    async def wakes(self, patience: float) -> AsyncIterator[None]:
        """Yields at once, then after each notification, and after `patience` seconds without any."""
        assert self.listening is not None
        while True:
            yield None
            async for _ in self.listening.notifies(timeout=patience, stop_after=1):
                pass

    async def horizon(self) -> int:
        """The oldest transaction still running."""
        assert self.reading is not None
        row = await (await self.reading.execute(HORIZON)).fetchone()
        assert row is not None
        return row[0]

    async def since(self, horizon: int, *, skip: set[int], prefix: str = "", most: int = MOST) -> Found:
        """Rows of transactions that were not finished at `horizon`, in the scope of `prefix`."""
        assert self.reading is not None
        low, high = Scope(prefix).bounds
        values = {"horizon": horizon, "skip": list(skip), "low": low, "high": high, "most": most + 1}
        async with self.reading.transaction():
            await self.reading.execute(BIND, (low, high, "live"))
            rows = await (await self.reading.execute(SINCE, values)).fetchall()
        found = [Row(*row[1:]) for row in rows if row[1] is not None]
        return Found(rows[0][0], found[:most], len(found) > most)
