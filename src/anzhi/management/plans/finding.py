"""Allocations as search finds them: by number, document, or office."""

from collections.abc import Iterator

from django.urls import reverse

from anzhi.foundation.money import formats
from anzhi.foundation.search.registry import Found
from anzhi.management.plans.models import Allocation

KIND = "allocation"
OFFICES = ("from_agency", "to_agency")


def found(row: Allocation) -> Found:
    """One allocation as search shows it, to the area that must receive it."""
    return Found(
        object_id=str(row.pk),
        region_code=row.to_region,
        title=f"{row.document} {row.to_agency.short_name}",
        url=reverse("plans:allocation", args=[row.pk]),
        note=f"{row.number} {row.from_agency.short_name} {formats.phrase(row.amount)}",
        text=f"{row.from_agency.name} {row.to_agency.name}",
    )


def all_allocations() -> Iterator[Found]:
    """Every allocation, for the nightly rebuild."""
    return map(found, Allocation.objects.select_related(*OFFICES).order_by("pk"))
