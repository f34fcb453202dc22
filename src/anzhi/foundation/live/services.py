"""Tell open pages."""

import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

CHANNEL = "live"
TOPIC = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
# no RETURNING of the row itself: it may lie outside the writer's scope
PUBLISH = """
WITH number AS (SELECT nextval(pg_get_serial_sequence('live_liveevent', 'id')) AS id),
written AS (
  INSERT INTO live_liveevent (id, topic, region_code, payload)
  SELECT id, %s, %s, %s FROM number)
SELECT pg_notify(%s, id::text) FROM number
"""


def publish(*, topic: str, region_code: str, payload: dict[str, Any]) -> None:
    """Tell the followers of `topic` in this region, once the open transaction commits; never if it does not."""
    if not TOPIC.fullmatch(topic):
        raise ValueError(f"not a topic: {topic!r}")
    with connection.cursor() as cursor:
        cursor.execute(PUBLISH, [topic, region_code, json.dumps(payload, cls=DjangoJSONEncoder), CHANNEL])
