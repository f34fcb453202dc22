"""Events and seals. Labels and ids, no foreign keys: the log outlives what it logs."""

from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from anzhi.foundation.access.rows import RegionScoped
from anzhi.foundation.audit.rules import Stamp


class Event(RegionScoped):
    """One thing that happened. Rows are only ever added, by the door alone (migration `0001`)."""

    at = models.DateTimeField(db_default=Now())
    name = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    actor_agency = models.CharField(max_length=80, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    xid = models.BigIntegerField(db_default=RawSQL("(pg_current_xact_id()::text)::bigint", []), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["name", "id"], name="event_name"),
            models.Index(fields=["xid"], name="event_xid"),
            models.Index(fields=["-at", "-id"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"


class Seal(models.Model):
    """A chained Merkle root over the events of transactions finished below `below` and not sealed before.

    `leaves` names each event with its hash; `version` says which columns a leaf covers.
    """

    number = models.BigIntegerField(primary_key=True)
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()
    count = models.IntegerField()
    below = models.BigIntegerField()
    version = models.SmallIntegerField()
    at = models.DateTimeField()
    root = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    leaves = models.BinaryField()

    def __str__(self) -> str:
        return str(self.number)

    @property
    def stamp(self) -> Stamp:
        """What its hash covers."""
        numbers = (self.number, self.from_id, self.to_id, self.count, self.below, self.version)
        return Stamp(*numbers, self.at, bytes(self.root), bytes(self.previous))
