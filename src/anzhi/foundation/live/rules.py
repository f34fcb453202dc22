"""What goes over the wire: frames of an event stream, and the cursor by which a page says what it has."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

RETRY = b"retry: 2000\n\n"
PING = b": ping\n\n"


@dataclass(frozen=True)
class Cursor:
    """The `id:` of a frame: the event's number, and a transaction before which everything was sent."""

    event: int
    horizon: int

    def __str__(self) -> str:
        return f"{self.event}-{self.horizon}"


def cursor_of(text: str) -> Cursor | None:
    """Read a cursor back; None for anything else."""
    event, dash, horizon = text.strip().partition("-")
    if not dash or not (event + horizon).isascii() or not (event.isdigit() and horizon.isdigit()):
        return None
    return Cursor(int(event), int(horizon)) if len(text) < 42 else None


class Row(NamedTuple):
    """One event as the table holds it."""

    id: int
    topic: str
    region_code: str
    payload: Any
    at: datetime
    xid: int


@dataclass(frozen=True)
class Message:
    """One event, with its frame made once for all who get it."""

    id: int
    topic: str
    region_code: str
    frame: bytes = field(repr=False)


def message(row: Row, horizon: int) -> Message:
    """The frame tells the cursor: this event, and the transaction from which to ask again."""
    data = {"id": row.id, "region": row.region_code, "at": row.at.isoformat(), "payload": row.payload}
    return Message(row.id, row.topic, row.region_code, frame(row.topic, data, Cursor(row.id, horizon)))


def frame(name: str, data: Any, cursor: Cursor | None = None) -> bytes:
    """An event as bytes; JSON holds no line break, so the data is one line."""
    head = f"id: {cursor}\n" if cursor else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
