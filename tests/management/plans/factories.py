"""Plans and allocations for tests, without a sheet."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from anzhi.management.plans.models import Allocation, PlanLine
from anzhi.management.plans.rules import normal_document, state_of
from anzhi.management.plans.states import FundType
from harness.acting import acting
from harness.people import agency_at

numbers = count(1)
ISSUED = date(2026, 9, 10)


def line(region: str = "532328", amount: str = "4120000", **more: Any) -> PlanLine:
    """A plan line of the office of a region."""
    office = agency_at(region)
    with acting():
        return PlanLine.objects.create(
            **{
                "number": f"L-{next(numbers)}",
                "year": 2026,
                "agency": office,
                "region_code": office.region_code,
                "fund_type": FundType.SUPPORT_PROJECT,
                "purpose": "提灌站改造",
                "amount": Decimal(amount),
                "document": "云搬发〔2026〕1号",
                "approved_on": date(2026, 1, 20),
            }
            | more
        )


def leg(
    sender: str,
    receiver: str,
    amount: str = "500000",
    *,
    arrived: str = "0",
    document: str = "云搬发〔2026〕63号",
    **more: Any,
) -> Allocation:
    """An allocation between the offices of two regions, as far as `arrived`."""
    giver, taker = agency_at(sender), agency_at(receiver)
    whole, came = Decimal(amount), Decimal(arrived)
    with acting():
        return Allocation.objects.create(
            **{
                "number": f"A-{next(numbers)}",
                "from_agency": giver,
                "to_agency": taker,
                "from_region": giver.region_code,
                "to_region": taker.region_code,
                "fund_type": FundType.SUPPORT_PROJECT,
                "document": document,
                "document_key": normal_document(document),
                "amount": whole,
                "issued_on": ISSUED,
                "due_on": ISSUED + timedelta(days=30),
                "sent": came,
                "arrived": came,
                "arrived_on": ISSUED + timedelta(days=6) if came else None,
                "state": state_of(whole, came, came),
            }
            | more
        )
