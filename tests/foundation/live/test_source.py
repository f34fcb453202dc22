"""The event table as the hub reads it: by transaction, within an area, never twice, over its own connections."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from django.db import connection, transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.live import services, source
from anzhi.foundation.live.followers import Follower
from anzhi.foundation.live.hub import MOST_MISSED, Hub
from anzhi.foundation.live.rules import Cursor
from harness import live_server, loops
from harness.live import FOREIGN, HERE, tell

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def topics(live_db: str) -> None:
    live_server.register()


def asked(work: Callable[[source.Source], Awaitable[Any]], *, listen: bool = False) -> Any:
    """What a coroutine over an open source returns."""

    async def whole() -> Any:
        async with source.Source(listen=listen) as rows:
            return await work(rows)

    return loops.run(whole())


def since(horizon: int, **given: Any) -> source.Found:
    return asked(lambda rows: rows.since(horizon, **{"skip": set()} | given))


def told(found: source.Found) -> list[int]:
    return [row.payload["n"] for row in found.rows]


def now() -> int:
    return asked(lambda rows: rows.horizon())


def test_rows_after_a_horizon_in_the_order_of_their_numbers() -> None:
    tell(0)
    begun = now()
    for number in (1, 2, 3):
        tell(number)
    found = since(begun)
    assert told(found) == [1, 2, 3]
    assert not found.cut
    assert found.horizon > begun
    assert told(since(found.horizon)) == []


AREAS = {"": [1, 2], "53": [1, 2], "532328": [1], "530622": [2], "5301": []}


def test_a_page_s_past_stays_in_its_area() -> None:
    begun = now()
    tell(1, HERE)
    tell(2, FOREIGN)
    assert {prefix: told(since(begun, prefix=prefix)) for prefix in AREAS} == AREAS


def test_what_was_sent_is_skipped_and_what_is_too_much_is_cut() -> None:
    begun = now()
    for number in range(4):
        tell(number)
    first, *_rest = since(begun).rows
    assert told(since(begun, skip={first.id})) == [1, 2, 3]
    found = since(begun, most=2)
    assert (told(found), found.cut) == ([0, 1], True)
    assert not since(begun, most=4).cut


def test_a_transaction_still_open_holds_the_horizon_back() -> None:
    begun = now()
    with system_scope(), transaction.atomic():
        services.publish(topic="test.open", region_code=HERE, payload={"n": 1})
        while_open = since(begun)
        assert told(while_open) == []
    assert told(since(while_open.horizon)) == [1]


def tell_elsewhere(number: int) -> None:
    """From a thread of its own, whose connection ends with it."""
    try:
        tell(number)
    finally:
        connection.close()


def test_a_commit_wakes_the_listener() -> None:
    async def woken(rows: source.Source) -> list[int]:
        wakes = rows.wakes(patience=20)
        await anext(wakes)  # the first comes at once
        begun = await rows.horizon()
        await asyncio.to_thread(tell_elsewhere, 7)
        await anext(wakes)
        return told(await rows.since(begun, skip=set()))

    assert asked(woken, listen=True) == [7]


def test_patience_ends_without_a_word() -> None:
    async def waited(rows: source.Source) -> bool:
        wakes = rows.wakes(patience=0.05)
        await anext(wakes)
        await anext(wakes)
        return True

    assert asked(waited, listen=True)


def test_a_page_that_comes_back_to_a_new_process_is_caught_up_or_told_to_reload() -> None:
    """The process remembers nothing: the rows do, as far as a page is made up for."""
    begun = now()
    with system_scope(), transaction.atomic():
        for number in range(MOST_MISSED):
            services.publish(topic="test.open", region_code=HERE, payload={"n": number})
    assert caught_up(begun) == (MOST_MISSED, False)
    tell(MOST_MISSED)
    assert caught_up(begun) == (0, True)


def caught_up(begun: int) -> tuple[int, bool]:
    """How many events a page of the county is sent, and whether it is told to reload."""
    follower = Follower("532328", frozenset({"test.open"}))
    loops.run(Hub().catch_up(follower, Cursor(0, begun)))
    frames = b"".join(follower.waiting)
    return frames.count(b"event: test.open"), b"event: resync" in frames


def test_old_rows_are_forgotten_and_new_ones_stay() -> None:
    begun = now()
    tell(1)
    tell(2)
    with system_scope(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE live_liveevent SET at = now() - interval '8 days' WHERE (payload ->> 'n')::int = 1")
        assert services.prune() == 1
    assert told(since(begun)) == [2]
