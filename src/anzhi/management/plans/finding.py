"""Allocations as search finds them: by number, document, or office."""

from collections.abc import Iterator
from itertools import chain

from django.urls import reverse

from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.money import formats
from anzhi.foundation.search.registry import Found
from anzhi.management.plans.models import Allocation

KIND = "allocation"
OFFICES = ("from_agency", "to_agency")


def found(row: Allocation) -> list[Found]:
    """One allocation as search shows it, where both ends find it: by payer, receiver, number or document.

    Money between an office and one above it lies in the lower one's area, which both of them see; between two
    that do not see each other it stands once for each.
    """
    return [_entry(row, region, at) for at, region in enumerate(_areas(row.from_region, row.to_region))]


def all_allocations() -> Iterator[Found]:
    """Every allocation, for the nightly rebuild."""
    rows = Allocation.objects.select_related(*OFFICES).order_by("pk")
    return chain.from_iterable(map(found, rows))


def _areas(payer: str, receiver: str) -> list[str]:
    if receiver.startswith(prefix_of(payer)):
        return [receiver]
    return [payer] if payer.startswith(prefix_of(receiver)) else [receiver, payer]


def _entry(row: Allocation, region: str, at: int) -> Found:
    return Found(
        object_id=f"{row.pk}-{at}" if at else str(row.pk),
        region_code=region,
        title=f"{row.document} {row.to_agency.short_name}",
        url=reverse("plans:allocation", args=[row.pk]),
        note=f"{row.number} {row.from_agency.short_name} {formats.phrase(row.amount)}",
        text=f"{row.from_agency.name} {row.to_agency.name}",
    )
