"""Tell open pages."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from anzhi.foundation.live import registry

CHANNEL = "live"
KEPT_DAYS = 7
# no RETURNING of the row itself: it may lie outside the writer's scope
PUBLISH = """
WITH number AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('live_liveevent', 'id')) AS id, region FROM unnest(%s::varchar[]) AS region),
written AS (
  INSERT INTO live_liveevent (id, topic, region_code, payload)
  SELECT id, %s, region, %s FROM number)
SELECT pg_notify(%s, id::text) FROM number
"""


def publish(*, topic: str, region_code: str, payload: dict[str, Any]) -> None:
    """Tell the followers of `topic` in this region, once the open transaction commits; never if it does not.

    The payload is seen by everybody in the area who may follow the topic: ids and labels, no personal data.
    Raises LookupError for a topic nobody registered.
    """
    publish_in(topic=topic, regions=[region_code], payload=payload)


def publish_in(*, topic: str, regions: Sequence[str], payload: dict[str, Any]) -> None:
    """Tell the followers in several regions the same, each in an event of their own."""
    registry.permission_of(topic)
    with connection.cursor() as cursor:
        cursor.execute(PUBLISH, [list(regions), topic, json.dumps(payload, cls=DjangoJSONEncoder), CHANNEL])


def prune() -> int:
    """Delete events older than the days kept; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM live_liveevent WHERE at < now() - make_interval(days => %s)", [KEPT_DAYS])
        return cursor.rowcount
