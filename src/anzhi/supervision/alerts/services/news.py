"""Telling open pages that an alert changed."""

from anzhi.foundation.live import services as live
from anzhi.supervision.alerts.models import Alert

TOPIC = "alert"


def tell(alert: Alert, what: str) -> None:
    """Publish number, level and kind of change in the business transaction; pages fetch the rest under their scope."""
    live.publish(
        topic=TOPIC,
        region_code=alert.region_code,
        payload={"id": alert.pk, "number": alert.number, "level": alert.level, "type": alert.type, "what": what},
    )
