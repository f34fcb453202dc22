"""What the database itself holds of plans: rivers worked out, no write without an action."""

from collections.abc import Callable

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.management.plans import services
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine
from anzhi.management.plans.states import RIVER, FundType, River
from harness.acting import acting
from management.plans.factories import leg, line

pytestmark = pytest.mark.usefixtures("system")


@pytest.mark.parametrize("kind", FundType.values)
def test_the_database_knows_the_river_of_each_kind_from_the_one_table(kind: str) -> None:
    made = leg("5323", "532328", fund_type=kind)
    made.refresh_from_db()

    assert made.river == RIVER[kind]
    assert RIVER.keys() == set(FundType)


def test_the_river_follows_the_kind_and_is_never_typed() -> None:
    made = leg("5323", "532328", fund_type=FundType.OTHER)
    with acting():
        Allocation.objects.filter(pk=made.pk).update(fund_type=FundType.SUPPORT_DIRECT)
    made.refresh_from_db()
    assert made.river == River.SUPPORT

    with pytest.raises(ProgrammingError, match="river"), transaction.atomic(), acting(), connection.cursor() as cursor:
        cursor.execute("UPDATE plans_allocation SET river = 'resettlement'")


@pytest.mark.parametrize(
    "write",
    [
        lambda: PlanLine.objects.update(amount=1),
        lambda: Allocation.objects.all().delete(),
        lambda: Allocation.objects.update(amount=1),
        lambda: PlanFile.objects.update(name="x"),
        lambda: PlanFile.objects.create(region_code="530000000000", kind="lines", accepted=True),
        lambda: services.settle(movements=[services.Movement(1, 1, None, 0, None)], by=SYSTEM),
    ],
    ids=["change a line", "drop allocations", "change an allocation", "change a sheet", "add a sheet", "settle"],
)
def test_plans_take_no_write_without_an_action(write: Callable[[], object]) -> None:
    of = line()
    leg("5323", "532328", line=of)

    with pytest.raises((InternalError, ProgrammingError), match="needs an action"), transaction.atomic():
        write()
    of.refresh_from_db()
    assert of.amount == 4120000
