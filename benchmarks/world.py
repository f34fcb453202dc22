"""The offices' 311 accounts and allocations between them: what every benchmark of money stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.db import connection, transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import Agency
from anzhi.management.plans.models import Allocation
from anzhi.management.plans.rules import normal_document
from anzhi.management.plans.states import FundType, River
from anzhi.sample.money.holders import Holder, holders
from anzhi.sample.money.year import register
from anzhi.supervision.funds.models import SupervisedAccount

TODAY = date.today()  # noqa: DTZ011 — the clock of the machine is the clock of the benchmark
# plans take no write outside of an act; a world that is made up leaves no event
ACTING = "SELECT set_config('app.action', 'bench.world', true)"
KINDS = {River.RESETTLEMENT: FundType.COMPENSATION, River.SUPPORT: FundType.SUPPORT_PROJECT}


@dataclass(frozen=True)
class Promise:
    """An allocation to an account: the words and the amount by which its arrival is known."""

    text: str
    fen: int
    sender: str
    issued: date


def accounts() -> list[Holder]:
    """Register the 311 accounts."""
    with system_scope(), transaction.atomic():
        offices = list(Agency.objects.filter(closed_on=None).select_related("parent").order_by("region_code"))
        held = holders(offices, set())
        register(held)
    return held


def allocations(held: Sequence[Holder], each: int, chance: Random, oldest: int = 400) -> dict[str, list[Promise]]:
    """`each` allocations from the office above to every account below; by the receiver's account number."""
    promised: dict[str, list[Promise]] = {}
    rows: list[Allocation] = []
    upper = {one.agency.pk: one for one in reversed(held)}
    for one in held:
        above = upper.get(one.agency.parent_id)
        if above is None:
            continue
        for number in reversed(range(each)):  # the oldest first
            issued = TODAY - timedelta(days=oldest * (number + 1) // (each + 1))
            document = f"云搬发〔{issued.year}〕{number + 1}号"
            fen = chance.randint(20_000_000, 900_000_000)
            promised.setdefault(one.number, []).append(Promise(f"{document} 拨付资金", fen, above.number, issued))
            rows.append(_allocation(one, above, document, fen, issued, len(rows)))
    with system_scope(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ACTING)
        Allocation.objects.bulk_create(rows, batch_size=2000)
    return promised


def _allocation(one: Holder, above: Holder, document: str, fen: int, issued: date, number: int) -> Allocation:
    return Allocation(
        number=f"B-{number}",
        from_agency=above.agency,
        to_agency=one.agency,
        from_region=above.agency.region_code,
        to_region=one.agency.region_code,
        fund_type=KINDS[one.river],
        document=document,
        document_key=normal_document(document),
        amount=Decimal(fen) / 100,
        issued_on=issued,
        due_on=issued + timedelta(days=30),
    )


def numbered() -> list[SupervisedAccount]:
    """The accounts as stored, in order."""
    with system_scope(), transaction.atomic():
        return list(SupervisedAccount.objects.order_by("pk"))
