"""TRANSFER_LATE (拨付不及时): money issued and not passed on by its due date."""

from collections.abc import Mapping

import ibis
from ibis.expr.types import Table, Value

from anzhi.supervision.alerts.types.base import TOUCHED, Parameter, RuleType, Unit, bands
from anzhi.supervision.alerts.types.tables import ENTRY, LEG, MATCH


def expression(limits: Mapping[str, Value], as_of: Value, touched: bool) -> Table:
    """One row a document and sending agency with money late, or due soon with nothing sent.

    Both are judged on the last day the sender's statements cover: silence of a dead feed accuses nobody.

    `days` past the earliest due date of a late leg, `fen` late, `legs` late of `all_legs`. What arrived is
    summed from the matched bank rows booked by the day asked for, so an old day gives its old answer.
    """
    legs = LEG.filter(LEG.issued_on <= as_of)
    if touched:
        legs = legs.filter(legs.from_agency_id.isin([TOUCHED]))
    rows = _documents(_with_lateness(_with_movement(legs, as_of), as_of))
    counts = rows.days >= limits["amount_days"]
    rows = rows.mutate(
        level=bands(
            red=(rows.days >= limits["red_days"]) | (counts & (rows.fen >= limits["red_amount"])),
            yellow=(rows.days >= limits["yellow_days"]) | (counts & (rows.fen >= limits["yellow_amount"])),
            blue=(rows.days >= limits["blue_days"]) | (rows.due_in <= limits["blue_before"]),
        )
    )
    rows = rows.filter(rows.level.notnull())
    sender = ibis.literal("document:") + rows.agency_id.cast("string")
    return rows.mutate(subject=sender + ":" + rows.fund_type + ":" + rows.document_key).order_by("subject")


def _with_movement(legs: Table, as_of: Value) -> Table:
    """Each leg with the fen that left and arrived by the day."""
    facts = legs.columns
    moved = MATCH.select("entry_id", "allocation_id", moved="fen")
    rows = legs.left_join(moved, "allocation_id").drop("allocation_id_right")
    rows = rows.left_join(ENTRY.select("id", "booked", "credit"), rows.entry_id == ENTRY.id)
    told = rows.booked <= as_of
    sums = rows.group_by(*facts).agg(
        arrived=rows.moved.sum(where=told & rows.credit), sent=rows.moved.sum(where=told & ~rows.credit)
    )
    return sums.mutate(arrived=sums.arrived.fill_null(0).cast("int64"), sent=sums.sent.fill_null(0).cast("int64"))


def _with_lateness(legs: Table, as_of: Value) -> Table:
    missing = ibis.greatest(legs.fen - legs.arrived, 0)
    told = ibis.least(as_of, legs.covered_until)
    rows = legs.mutate(missing=missing, told=told, past=told.delta(legs.due_on, unit="day"))
    late = (rows.missing > 0) & (rows.past >= 1)
    soon = (rows.missing > 0) & (rows.sent == 0) & (rows.past < 1)
    return rows.mutate(late=late, due_in=ibis.ifelse(soon, -rows.past, ibis.null("int64")))


def _documents(legs: Table) -> Table:
    """Legs of one document, sender and type of fund together."""
    rows = legs.group_by("from_agency_id", "from_region", "fund_type", "document_key").agg(
        days=legs.past.max(where=legs.late),
        fen=legs.missing.sum(where=legs.late),
        missing=legs.missing.sum(),
        total=legs.fen.sum(),
        arrived=legs.arrived.sum(),
        legs=legs.count(where=legs.late),
        all_legs=legs.count(),
        since=legs.due_on.min(where=legs.missing > 0),
        until=legs.told.min(),
        due_in=legs.due_in.min(),
        allocation_id=legs.allocation_id.min(),
    )
    whole = {name: rows[name].fill_null(0).cast("int64") for name in ("days", "fen", "missing", "total", "arrived")}
    return rows.mutate(**whole).rename(region_code="from_region", agency_id="from_agency_id")


def _limit(name: str, code: str, unit: Unit, level: str, label: str) -> Parameter:
    return Parameter(name, f"transfer_late.{code}", unit, level, label)


TRANSFER_LATE = RuleType(
    code="TRANSFER_LATE",
    label="拨付不及时",
    question="钱拨下去没有",
    parameters=(
        _limit("amount_days", "amount.days", Unit.DAYS, "all", "按金额定级须逾期满"),
        _limit("blue_days", "blue.days", Unit.DAYS, "blue", "逾期满"),
        _limit("blue_before", "blue.before_days", Unit.DAYS, "blue", "距到期且分文未拨"),
        _limit("yellow_days", "yellow.days", Unit.DAYS, "yellow", "逾期满"),
        _limit("yellow_amount", "yellow.amount", Unit.YUAN, "yellow", "逾期金额达"),
        _limit("red_days", "red.days", Unit.DAYS, "red", "逾期满"),
        _limit("red_amount", "red.amount", Unit.YUAN, "red", "逾期金额达"),
    ),
    expression=expression,
)
