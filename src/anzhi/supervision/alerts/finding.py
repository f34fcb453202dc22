"""Alerts as search finds them: by number, office, document."""

from collections.abc import Iterator

from django.urls import reverse

from anzhi.foundation.search.registry import Found
from anzhi.supervision.alerts import explain
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.types.catalogue import TYPES

KIND = "alert"


def found(alert: Alert) -> Found:
    """One alert as search shows it: nothing that changes from day to day."""
    label, amount = TYPES[alert.type].label, explain.money(alert.amount)
    return Found(
        object_id=str(alert.pk),
        region_code=alert.region_code,
        title=f"{alert.facts['agency']} {label} {amount}",
        url=reverse("alerts:alert", args=[alert.number]),
        note=alert.number,
        text=alert.facts.get("document", ""),
    )


def all_alerts() -> Iterator[Found]:
    """Every alert, for the nightly rebuild."""
    return map(found, Alert.objects.order_by("pk"))
