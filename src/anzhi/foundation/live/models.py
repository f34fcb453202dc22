"""What open pages are told. A row outlives the moment, so that a page which was away can catch up."""

from django.db import models
from django.db.models.functions import Now

from anzhi.foundation.access.rows import RegionScoped


class LiveEvent(RegionScoped):
    """One message to the pages that follow `topic` and may see `region_code`."""

    topic = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())
    # ids are drawn before the commit and appear out of order; transactions tell what was not yet visible
    xid = models.BigIntegerField(
        db_default=models.expressions.RawSQL("(pg_current_xact_id()::text)::bigint", []), editable=False
    )

    class Meta:
        indexes = [models.Index(fields=["at"], name="live_at"), models.Index(fields=["xid"], name="live_xid")]
