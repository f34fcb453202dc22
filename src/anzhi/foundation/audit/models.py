"""Events. Labels and ids, no foreign keys: the log outlives what it logs."""

from django.db import models
from django.db.models.functions import Now

from anzhi.foundation.access.rows import RegionScoped


class Event(RegionScoped):
    """One thing that happened. Rows are only ever added (migration `0001`)."""

    at = models.DateTimeField(db_default=Now())
    name = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    actor_agency = models.CharField(max_length=80, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    xid = models.BigIntegerField(
        db_default=models.expressions.RawSQL("(pg_current_xact_id()::text)::bigint", []), editable=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["name", "id"], name="event_name"),
        ]
