"""The stream, over a real server: who hears what, and what happens when something breaks."""

import signal
import threading
import time

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import Grant
from anzhi.foundation.live.services import publish
from harness import databases, sse
from harness.live import FOREIGN, HERE, Live, numbers, start, stop, tell

pytestmark = pytest.mark.slow


def heard(count: int, topic: str = "test.open") -> object:
    return lambda stream: len(stream.named(topic)) >= count


def test_an_event_reaches_its_county_and_those_above_and_nobody_else(live: Live) -> None:
    county, above, foreign = (
        live.pages.open(live.cookie("leader", region=region), "test.open") for region in ("532328", "53", "530622")
    )
    for number in range(5):
        tell(number)
    tell(99, FOREIGN)
    assert county.wait(heard(5))
    assert above.wait(heard(6))
    assert foreign.wait(heard(1))
    assert (numbers(county), numbers(above), numbers(foreign)) == ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 99], [99])


def test_a_rolled_back_transaction_tells_nobody(live: Live) -> None:
    page = live.pages.open(live.cookie("leader"), "test.open")
    with pytest.raises(ZeroDivisionError), system_scope(), transaction.atomic():
        publish(topic="test.open", region_code=HERE, payload={"n": 1})
        raise ZeroDivisionError
    tell(2)
    assert page.wait(heard(1))
    assert numbers(page) == [2]


def test_a_topic_takes_its_permission(live: Live) -> None:
    officer = live.cookie("officer")
    page = live.pages.open(officer, "test.open,test.money,test.unknown")
    tell(1, topic="test.money")
    tell(2)
    assert page.wait(heard(1))
    assert [event.name for event in page.events if event.name.startswith("test")] == ["test.open"]
    assert live.pages.open(officer, "test.money").status == 403


def test_who_is_not_let_in(live: Live) -> None:
    here, known = live.pages, live.cookie("leader")
    assert here.open("", "test.open").status == 401
    assert here.open("no-such-session", "test.open").status == 401
    assert here.open(live.cookie("sysadmin"), "test.open").status == 403
    assert here.open(known, "test.open", Origin="http://evil.example").status == 403
    assert here.open(known, "test.open", Sec_Fetch_Site="cross-site").status == 403
    assert here.open(known, "test.open", Host="evil.example").status == 403
    assert here.open(known, "").status == 400
    assert here.open(known, ",".join(f"t{n}" for n in range(30))).status == 400
    assert here.open(known, "test.open", Origin=f"http://127.0.0.1:{live.port}").status == 200


@pytest.mark.parametrize(
    "state",
    [{"seen_at": 1}, {"hurdles_passed": []}, {"hurdles_passed": ["today", "officer", "leader"]}],
)
def test_an_idle_session_or_one_before_its_second_factor_is_not_let_in(live: Live, state: dict) -> None:
    key = live.cookie("leader")
    store = SessionStore(key)
    store.update(state)
    store.save()
    assert live.pages.open(key, "test.open").status == 401


def test_a_page_that_was_away_gets_what_it_missed_once(live: Live) -> None:
    cookie = live.cookie("leader")
    page = live.pages.open(cookie, "test.open")
    tell(1)
    assert page.wait(heard(1))
    live.pages.close(page)
    for number in (2, 3):
        tell(number)
    tell(99, FOREIGN)
    again = live.pages.open(cookie, "test.open", last=page.last)
    tell(4)
    assert again.wait(heard(3))
    assert numbers(again) == [2, 3, 4]


def test_a_restarted_server_still_knows_what_a_page_missed(live: Live) -> None:
    cookie = live.cookie("leader")
    page = live.pages.open(cookie, "test.open")
    tell(1)
    assert page.wait(heard(1))
    stop(live.process)
    tell(2)
    process, port = start()
    try:
        with sse.pages(port) as pages:
            again = pages.open(cookie, "test.open", last=page.last)
            tell(3)
            assert again.wait(heard(2))
            assert [number for number in numbers(again) if number != 1] == [2, 3]
    finally:
        stop(process)


def test_rows_that_commit_out_of_order_all_arrive_once(live: Live) -> None:
    page = live.pages.open(live.cookie("leader"), "test.open")
    early, go = threading.Event(), threading.Event()

    def slow() -> None:
        with system_scope(), transaction.atomic():
            publish(topic="test.open", region_code=HERE, payload={"n": 1})
            early.set()
            go.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    early.wait(10)
    tell(2)
    assert page.wait(heard(1))
    go.set()
    thread.join()
    tell(3)
    assert page.wait(heard(3))
    assert sorted(numbers(page)) == [1, 2, 3]
    assert numbers(page)[0] == 2


def test_events_of_a_broken_listening_connection_arrive_after_it_is_back(live: Live, live_db: str) -> None:
    page = live.pages.open(live.cookie("leader"), "test.open")
    with databases.as_owner(live_db) as owner:
        _end_connections(owner)
        tell(1)
    assert page.wait(heard(1))
    assert numbers(page) == [1]
    assert [event.data["fresh"] for event in page.named("state")][-2:] == [False, True]


def _end_connections(owner: psycopg.Connection) -> None:
    """As a database restart would."""
    connection.close()
    owner.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        "pg_backend_pid()"
    )


def test_too_much_missed_asks_the_page_to_reload(live: Live) -> None:
    cookie = live.cookie("leader")
    page = live.pages.open(cookie, "test.open")
    cursor = page.last
    with system_scope(), transaction.atomic():
        for number in range(501):
            publish(topic="test.open", region_code=HERE, payload={"n": number})
    again = live.pages.open(cookie, "test.open", last=cursor)
    assert again.wait(lambda stream: stream.named("resync"))
    assert numbers(again) == []


def test_a_quiet_stream_gives_signs_of_life(live: Live) -> None:
    page = live.pages.open(live.cookie("leader"), "test.open")
    assert page.wait(lambda stream: stream.pings >= 2)


def test_a_withdrawn_role_or_a_log_out_ends_the_stream(live: Live) -> None:
    withdrawn, left = live.cookie("leader"), live.cookie("leader", region="5301")
    pages = [live.pages.open(cookie, "test.open") for cookie in (withdrawn, left)]
    Grant.objects.filter(agency__region_code=HERE).update(to_on="2026-01-01")
    Session.objects.filter(session_key=left).delete()
    assert all(page.wait(lambda stream: stream.named("bye") and stream.ended) for page in pages)
    assert [live.pages.open(cookie, "test.open").status for cookie in (withdrawn, left)] == [401, 401]


def test_sigterm_ends_all_streams_at_once(live: Live) -> None:
    cookie = live.cookie("leader")
    pages = [live.pages.open(cookie, "test.open") for _ in range(20)]
    begun = time.monotonic()
    live.process.send_signal(signal.SIGTERM)
    live.process.wait(5)
    assert time.monotonic() - begun < 2
    assert all(page.wait(lambda stream: stream.ended) for page in pages)


def test_three_hundred_pages_hear_everything(live: Live) -> None:
    cookies = [live.cookie("leader", region=region) for region in ("53", "532328", "530622")]
    pages = [live.pages.open(cookies[n % 3], "test.open", wait=False) for n in range(300)]
    assert all(page.wait(lambda stream: stream.named("hello"), 30) for page in pages)
    allowed = [page for n, page in enumerate(pages) if n % 3 != 2]
    for number in range(5):
        tell(number)
        assert all(page.wait(heard(number + 1)) for page in allowed)
    assert all(numbers(page) == list(range(5)) for page in allowed)
    assert not any(numbers(page) for n, page in enumerate(pages) if n % 3 == 2)
