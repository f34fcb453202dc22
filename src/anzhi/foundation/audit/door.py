"""The one door to the trail."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from anzhi.foundation.access.actors import Actor

# old values first: PostgreSQL works a list from left to right
ENTER = """
SELECT current_setting('app.action', true), current_setting('app.actor', true),
       set_config('app.action', %s, true), set_config('app.actor', %s, true)
"""
LEAVE = "SELECT set_config('app.action', %s, true), set_config('app.actor', %s, true)"
# no RETURNING: a row outside the writer's scope may be written, but not read back
INSERT = """
INSERT INTO audit_event (name, actor_id, actor_label, actor_agency, subject_type, subject_id, subject_label,
                         region_code, facts)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@contextmanager
def action(
    name: str, *, by: Actor, on: models.Model, region_code: str | None = None, **facts: Any
) -> Iterator[dict[str, Any]]:
    """Open or join the transaction, let the caller work, and write one event at its end.

    `facts` (JSON values, dates, decimals) may be added to by the caller through the yielded dict. An
    exception inside leaves neither the work nor the event. `region_code` defaults to the subject's, then
    the actor's, then the province, so that nothing happens out of everybody's sight. While it runs,
    PostgreSQL knows action and actor: tables with `operations.Guarded` take no write without.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENTER, [name, str(by.id or by.name)])
        before = [value or "" for value in cursor.fetchone()[:2]]
        yield facts
        region = region_code or getattr(on, "region_code", "") or by.region_code or settings.HOME_REGION
        cursor.execute(INSERT, [name, *_who(by), *_what(on), region, json.dumps(facts, cls=DjangoJSONEncoder)])
        cursor.execute(LEAVE, before)


def _who(by: Actor) -> tuple[int | None, str, str]:
    return by.id, by.name, by.agency_name


def _what(on: models.Model) -> tuple[str, str, str]:
    return on._meta.label_lower, "" if on.pk is None else str(on.pk), str(on)[:200]
