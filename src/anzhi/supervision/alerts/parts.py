"""What an allocation's page shows of the supervision: bank rows of one's own area, alerts about it."""

from typing import Any

from anzhi.foundation.access.context import Scope
from anzhi.management.plans.models import Allocation
from anzhi.supervision.alerts import queries


def of_allocation(scope: Scope, allocation: Allocation) -> dict[str, Any]:
    """Rows of foreign accounts are not there, and the part says so."""
    ends = (allocation.from_region, allocation.to_region)
    return {
        "matches": queries.matches_of(scope, allocation),
        "foreign": not all(scope.contains(region) for region in ends),
        "alerts": queries.alerts_of(scope, allocation),
    }
