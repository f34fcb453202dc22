"""Cursors, frames, queues and topics, without a server."""

import json
from datetime import UTC, datetime

import pytest

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.live import jobs, registry
from anzhi.foundation.live.followers import MOST_WAITING, RESYNC, Follower
from anzhi.foundation.live.models import LiveEvent
from anzhi.foundation.live.rules import Cursor, Message, Row, cursor_of, frame, message
from anzhi.foundation.live.services import publish
from harness import live_server, loops, people


@pytest.mark.parametrize("text", ["", "-", "5", "5-", "-5", "a-b", "1-2-3", "٣-٤", "1-" + "9" * 50])
def test_what_is_not_a_cursor(text: str) -> None:
    assert cursor_of(text) is None


def test_a_cursor_comes_back() -> None:
    assert cursor_of(str(Cursor(7, 900))) == Cursor(7, 900)


def test_a_frame_is_one_event_whatever_the_payload() -> None:
    row = Row(3, "test.open", "532328000000", {"text": "第一行\n\nid: 9\ndata: x"}, datetime(2026, 1, 1, tzinfo=UTC), 8)
    lines = message(row, 70).frame.decode().split("\n")
    assert lines[0] == "id: 3-70"
    assert lines[1] == "event: test.open"
    assert json.loads(lines[2].removeprefix("data: "))["payload"]["text"].startswith("第一行\n\n")
    assert lines[3:] == ["", ""]


def event(number: int, region: str = "532328000000", topic: str = "a") -> Message:
    return Message(number, topic, region, frame(topic, number))


def take(follower: Follower) -> bytes:
    return loops.run(follower.take(0.01))


def test_a_follower_gets_its_own_topics_and_area_only() -> None:
    follower = Follower("5323", frozenset({"a"}))
    for one in (event(1), event(2, region="530622000000"), event(3, topic="b"), event(4, region="532300000000")):
        follower.offer(one)
    assert take(follower) == event(1).frame + event(4, region="532300000000").frame
    assert take(follower) == b""


def test_who_reads_too_slowly_starts_afresh() -> None:
    follower = Follower("53", frozenset({"a"}))
    for number in range(MOST_WAITING + 1):
        follower.offer(event(number))
    assert take(follower) == RESYNC


def test_the_past_comes_first_and_nothing_twice() -> None:
    follower = Follower("53", frozenset({"a"}))
    follower.hold()
    follower.offer(event(2))
    follower.offer(event(3))
    follower.send_past([event(1), event(2)])
    follower.release()
    follower.offer(event(2))
    assert take(follower) == event(1).frame + event(2).frame + event(3).frame


def test_more_present_than_fits_while_the_past_is_read() -> None:
    follower = Follower("53", frozenset({"a"}))
    follower.hold()
    for number in range(MOST_WAITING + 1):
        follower.offer(event(number))
    follower.release()
    assert take(follower) == RESYNC


def test_topics_take_their_permission() -> None:
    live_server.register()
    assert registry.allowed(people.actor("officer"), {"test.open", "test.money", "nope"}) == {"test.open"}
    assert registry.allowed(people.actor("leader"), {"test.money"}) == {"test.money"}


def test_a_topic_is_declared_once_with_one_permission() -> None:
    live_server.register()
    with pytest.raises(ValueError, match="twice"):
        registry.topic("test.open", Permission.BOARD_VIEW)
    for name in ("Hello", "resync", "a b", ""):
        with pytest.raises(ValueError, match="not a name"):
            registry.topic(name, Permission.BOARD_VIEW)


def test_publishing_takes_a_known_topic_and_stays_in_scope(db: None) -> None:
    live_server.register()
    with system_scope():
        with pytest.raises(LookupError, match="declare it"):
            publish(topic="test.nobody", region_code="532328000000", payload={})
        publish(topic="test.open", region_code="532328000000", payload={"n": 1})
    with region_scope("532328"):
        assert LiveEvent.objects.get().payload == {"n": 1}
    with region_scope("5301"):
        assert not LiveEvent.objects.exists()


def test_old_events_are_forgotten(system: None) -> None:
    live_server.register()
    for number in (1, 2):
        publish(topic="test.open", region_code="532328000000", payload={"n": number})
    LiveEvent.objects.filter(payload__n=1).update(at="2026-01-01T00:00:00Z")
    jobs.prune()
    assert [row.payload["n"] for row in LiveEvent.objects.all()] == [2]
