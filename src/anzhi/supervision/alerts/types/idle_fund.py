"""IDLE_FUND (资金闲置沉淀): money arrived and (nearly) none of it was spent."""

from collections.abc import Mapping

import ibis
from ibis.expr.types import Table, Value

from anzhi.supervision.alerts.types.base import TOUCHED, Parameter, RuleType, Unit, bands
from anzhi.supervision.alerts.types.tables import ACCOUNT, ENTRY, LEG, MATCH

THOUSAND = 1000


def expression(limits: Mapping[str, Value], as_of: Value, touched: bool) -> Table:
    """One row an arrived allocation of which less than the share is spent, with `days` and `fen` unspent.

    Debits consume what came in first, first: the opening balance, then credits in order of booking.
    Age runs from the later of approval and arrival to the last day the statements cover.
    """
    entries = ENTRY.filter(ENTRY.booked <= as_of)
    if touched:
        entries = entries.filter(entries.account_id.isin([TOUCHED]))
    lots = _with_spent(_arrivals(_lots(entries)), _outflow(entries))
    rows = lots.mutate(since=ibis.greatest(lots.booked, lots.issued_on), until=ibis.least(as_of, lots.covered_until))
    rows = rows.mutate(days=rows.until.delta(rows.since, unit="day"))
    rows = rows.mutate(unspent=rows.fen - rows.spent)
    rows = rows.filter(rows.spent * THOUSAND < rows.fen * limits["share"], rows.unspent >= limits["amount"])
    rows = rows.mutate(
        level=bands(
            red=(rows.days >= limits["red_days"])
            | ((rows.days >= limits["red_large_days"]) & (rows.unspent >= limits["red_large_amount"])),
            yellow=rows.days >= limits["yellow_days"],
            blue=rows.days >= limits["blue_days"],
        )
    )
    rows = rows.filter(rows.level.notnull())
    return rows.select(
        subject=ibis.literal("entry:") + rows.id.cast("string"),
        region_code=rows.region_code,
        level=rows.level,
        agency_id=rows.agency_id,
        account_id=rows.account_id,
        entry_id=rows.id,
        allocation_id=rows.allocation_id,
        since=rows.since,
        until=rows.until,
        days=rows.days,
        arrived=rows.fen,
        spent=rows.spent,
        fen=rows.unspent,
    ).order_by("subject")


def _lots(entries: Table) -> Table:
    """Each credit with the running total of credits up to and with it."""
    window = ibis.window(group_by="account_id", order_by=["booked", "id"], preceding=None, following=0)
    came = entries.filter(entries.credit)
    return came.mutate(running=came.fen.sum().over(window))


def _arrivals(lots: Table) -> Table:
    """Only credits that are the arrival of an allocation, with its day of issue and the account's facts."""
    matched = MATCH.join(LEG, "allocation_id").select("entry_id", "allocation_id", "issued_on")
    rows = lots.join(matched, lots.id == matched.entry_id)
    return rows.join(ACCOUNT, "account_id")


def _outflow(entries: Table) -> Table:
    debits = entries.filter(~entries.credit)
    return debits.group_by("account_id").agg(outflow=debits.fen.sum())


def _with_spent(lots: Table, outflow: Table) -> Table:
    rows = lots.left_join(outflow, "account_id")
    left = rows.outflow.fill_null(0).cast("int64") - rows.opening - (rows.running - rows.fen).cast("int64")
    return rows.mutate(spent=ibis.greatest(ibis.least(left, rows.fen), 0))


def _limit(name: str, code: str, unit: Unit, level: str, label: str) -> Parameter:
    return Parameter(name, f"idle_fund.{code}", unit, level, label)


IDLE_FUND = RuleType(
    code="IDLE_FUND",
    label="资金闲置沉淀",
    question="钱用了没有",
    parameters=(
        _limit("share", "spent_share", Unit.SHARE, "all", "支出低于到账金额的比例"),
        _limit("amount", "amount", Unit.YUAN, "all", "未用金额下限"),
        _limit("blue_days", "blue.days", Unit.DAYS, "blue", "闲置满"),
        _limit("yellow_days", "yellow.days", Unit.DAYS, "yellow", "闲置满"),
        _limit("red_days", "red.days", Unit.DAYS, "red", "闲置满"),
        _limit("red_large_days", "red_large.days", Unit.DAYS, "red", "大额闲置满"),
        _limit("red_large_amount", "red_large.amount", Unit.YUAN, "red", "大额"),
    ),
    expression=expression,
)
