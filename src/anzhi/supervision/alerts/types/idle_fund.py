"""IDLE_FUND (资金闲置沉淀): money arrived and (nearly) none of it was spent."""

from collections.abc import Mapping

import ibis
from ibis.expr.types import Table, Value

from anzhi.supervision.alerts.types.base import TOUCHED, Parameter, RuleType, Unit, bands
from anzhi.supervision.alerts.types.tables import ACCOUNT, DAY, ENTRY, LEG, MATCH

THOUSAND = 1000


def expression(limits: Mapping[str, Value], as_of: Value, touched: bool) -> Table:
    """One row an arrived allocation of which less than the share is spent, with `days` and `fen` unspent.

    Debits consume what came in first, first: the opening balance, then credits in order of booking.
    Age runs from the later of approval and arrival to the last day the statements cover.
    """
    rows = _with_facts(_with_sums(_arrivals(limits, as_of, touched), as_of), as_of)
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


def _arrivals(limits: Mapping[str, Value], as_of: Value, touched: bool) -> Table:
    """Credits that are the arrival of an allocation, and would be an alert if none of it were spent.

    Left joins, here and below, though each finds its row: they say that matches are asked first, and the rest by its
    index. Of rows that came in this very transaction the planner knows nothing, and its own choice has cost minutes.
    """
    matched = MATCH.filter(MATCH.account_id.isin([TOUCHED])) if touched else MATCH
    rows = matched.select("entry_id", "allocation_id")
    rows = rows.left_join(ENTRY, rows.entry_id == ENTRY.id)
    rows = rows.filter(rows.credit.fill_null(False), rows.booked.fill_null(as_of) <= as_of)
    least = ibis.least(*(limits[name] for name in ("blue_days", "yellow_days", "red_days", "red_large_days")))
    rows = rows.filter(as_of.delta(rows.booked, unit="day").fill_null(-1) >= least)
    rows = rows.filter(rows.fen.fill_null(0) >= limits["amount"])
    return rows.select("id", "allocation_id", "account_id", "booked", "fen")


def _with_sums(rows: Table, as_of: Value) -> Table:
    """What came before each arrival, and all that went out.

    What came on earlier days is summed from the days, only its own day from the entries.
    """
    mate, facts = ENTRY.view(), rows.columns
    same_day = [rows.account_id == mate.account_id, rows.booked == mate.booked, mate.credit, mate.id < rows.id]
    rows = rows.left_join(mate.select("id", "account_id", "booked", "credit", came="fen"), same_day)
    rows = rows.group_by(*facts).agg(came=rows.came.sum())
    facts = rows.columns
    rows = rows.left_join(DAY, [rows.account_id == DAY.account_id, DAY.day <= as_of])
    return rows.group_by(*facts).agg(
        earlier=rows.money_in.sum(where=rows.day < rows.booked), outflow=rows.money_out.sum()
    )


def _with_facts(rows: Table, as_of: Value) -> Table:
    """`spent`, and how long the rest lies: from the later of approval and arrival to what the statements cover."""
    rows = rows.left_join(LEG.select("issued_on", leg="allocation_id"), [rows.allocation_id == LEG.allocation_id])
    rows = rows.left_join(ACCOUNT, "account_id")
    rows = rows.filter(rows.leg.fill_null(0) > 0, rows.agency_id.fill_null(0) > 0)
    before = rows.opening + _whole(rows.earlier) + _whole(rows.came)
    rows = rows.mutate(
        spent=ibis.greatest(ibis.least(_whole(rows.outflow) - before, rows.fen), 0),
        since=ibis.greatest(rows.booked, rows.issued_on),
        until=ibis.least(as_of, rows.covered_until),
    )
    return rows.mutate(days=rows.until.delta(rows.since, unit="day"))


def _whole(total: Value) -> Value:
    """A sum as whole fen; no rows are nothing."""
    return total.fill_null(0).cast("int64")


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
