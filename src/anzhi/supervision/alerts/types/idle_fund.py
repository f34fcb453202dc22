"""IDLE_FUND (资金闲置沉淀): money arrived and (nearly) none of it was spent."""

from collections.abc import Mapping

import ibis
from ibis.expr.types import Table, Value

from anzhi.supervision.alerts.types.base import TOUCHED, Parameter, RuleType, Unit, bands
from anzhi.supervision.alerts.types.tables import ACCOUNT, DAY, ENTRY, LEG, MATCH

THOUSAND = 1000
ARRIVAL = ("id", "account_id", "booked", "fen", "agency_id", "region_code", "opening", "covered_until")


def expression(limits: Mapping[str, Value], as_of: Value, touched: bool) -> Table:
    """One row an arrived allocation of which less than the share is spent, with `days` and `fen` unspent.

    Debits consume what came in first, first: the opening balance, then credits in order of booking.
    Age runs from the later of approval and arrival to the last day the statements cover.
    """
    rows = _with_spent(_old_enough(_arrivals(as_of, touched), limits, as_of), as_of)
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


def _arrivals(as_of: Value, touched: bool) -> Table:
    """Credits that are the arrival of an allocation, with its day of issue and the account's facts.

    Left joins, though each finds its row: they say that matches are asked first, and the rest by its index. Of rows
    that came in this very transaction the planner knows nothing, and an order of its own choice has cost minutes.
    """
    matched = MATCH.filter(MATCH.account_id.isin([TOUCHED])) if touched else MATCH
    rows = matched.select("entry_id", "allocation_id")
    rows = rows.left_join(ENTRY, rows.entry_id == ENTRY.id)
    rows = rows.left_join(LEG.select("issued_on", leg="allocation_id"), [rows.allocation_id == LEG.allocation_id])
    rows = rows.left_join(ACCOUNT, "account_id")
    rows = rows.filter(*(rows[name].fill_null(0) > 0 for name in ("id", "leg", "agency_id")))
    rows = rows.filter(rows.credit.fill_null(False), rows.booked.fill_null(as_of) <= as_of)
    return rows.select("allocation_id", *ARRIVAL, since=ibis.greatest(rows.booked, rows.issued_on))


def _old_enough(rows: Table, limits: Mapping[str, Value], as_of: Value) -> Table:
    """Only what could be an alert if none of it were spent: the sums below are asked for no other."""
    rows = rows.mutate(until=ibis.least(as_of, rows.covered_until))
    rows = rows.mutate(days=rows.until.delta(rows.since, unit="day"))
    least = ibis.least(*(limits[name] for name in ("blue_days", "yellow_days", "red_days", "red_large_days")))
    return rows.filter(rows.days >= least, rows.fen.fill_null(0) >= limits["amount"])


def _with_spent(rows: Table, as_of: Value) -> Table:
    """`spent` of each arrival: the account's outflow, less what came before it.

    What came on earlier days is summed from the days, only its own day from the entries.
    """
    mate = ENTRY.view()
    same_day = [rows.account_id == mate.account_id, rows.booked == mate.booked, mate.credit, mate.id < rows.id]
    facts = rows.columns
    rows = rows.left_join(mate.select("id", "account_id", "booked", "credit", came="fen"), same_day)
    rows = rows.group_by(*facts).agg(came=rows.came.sum())
    facts = rows.columns
    rows = rows.left_join(DAY, [rows.account_id == DAY.account_id, DAY.day <= as_of])
    sums = rows.group_by(*facts).agg(
        earlier=rows.money_in.sum(where=rows.day < rows.booked), outflow=rows.money_out.sum()
    )
    before = sums.opening + _whole(sums.earlier) + _whole(sums.came)
    return sums.mutate(spent=ibis.greatest(ibis.least(_whole(sums.outflow) - before, sums.fen), 0))


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
