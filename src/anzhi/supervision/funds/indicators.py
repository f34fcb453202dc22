"""The figures of money: accounts, balances, freshness, what came in and went out."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.permissions import Permission
from anzhi.management.plans import indicators as plans
from anzhi.network.indicators import services, units
from anzhi.network.indicators.links import rows
from anzhi.network.indicators.registry import Indicator, register
from anzhi.network.indicators.rules import Period, month_end, year_until
from anzhi.supervision.funds.hooks import Landed
from anzhi.supervision.funds.queries import STALE_DAYS
from anzhi.supervision.funds.states import AccountStatus

ACCOUNTS = "SELECT region_code, status AS part, NULL::date AS day, 1 AS value FROM funds_supervisedaccount"
BALANCES = """
    SELECT region_code, status AS part, NULL::date AS day, balance AS value
    FROM funds_supervisedaccount WHERE balance IS NOT NULL
"""
FRESHNESS = f"""
    SELECT region_code, NULL::date AS day, 1 AS value,
           CASE WHEN covered_until >= %(today)s::date - {STALE_DAYS} THEN 'fresh' ELSE 'stale' END AS part
    FROM funds_supervisedaccount WHERE status IN ('open', 'suspended')
"""  # noqa: S608 — a number of ours
MOVED = """
    SELECT region_code, told.part, date_trunc('month', day)::date AS day, told.value
    FROM funds_accountday, LATERAL (VALUES {values}) AS told(part, value)
"""
MONEY = MOVED.format(values="('in', money_in), ('out', money_out)")
ENTRIES = MOVED.format(values="('in', rows_in), ('out', rows_out)")
TOUCHED = """
SELECT DISTINCT region_code FROM funds_supervisedaccount WHERE id = ANY(%(accounts)s)
"""
LEGS = """
SELECT DISTINCT to_region FROM plans_allocation AS leg, funds_supervisedaccount AS account
WHERE account.id = ANY(%(accounts)s) AND account.agency_id IN (leg.to_agency_id, leg.from_agency_id)
"""
SIDES = {"in": _("received"), "out": _("paid")}


def entries(area: str, part: str, period: Period) -> str:
    """Bank rows of whole months."""
    last = month_end(period.last) if period.last else None
    return rows("funds:transactions", area, side=part, booked_from=period.first, booked_to=last)


def follow(landed: Landed) -> int:
    """After an import: the sums of the regions it touched. Raises no alert."""
    asked: dict[str, Any] = {"accounts": list(landed.accounts)}
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, asked)
        regions = [code for (code,) in cursor.fetchall()]
        cursor.execute(LEGS, asked)
        legs = [code for (code,) in cursor.fetchall()]
    services.refresh(indicators=["money", "entries"], regions=regions, by=SYSTEM)
    services.refresh(indicators=[plans.CODE], regions=legs, by=SYSTEM)
    return 0


def define() -> None:
    """Hand them in: what is held, what is heard, what moved."""
    define_held()
    define_heard()
    define_moved()


def define_held() -> None:
    """Accounts and what is on them."""
    shared: dict[str, Any] = {
        "source": _("Register of supervised accounts, bank statements"),
        "permission": Permission.FUND_ACCOUNT_VIEW,
        "url": lambda area, part, period: rows("funds:accounts", area, status=part),
        "parts": dict(AccountStatus.choices),
    }
    register(
        Indicator(
            code="accounts",
            name=_("Supervised accounts"),
            unit=units.ACCOUNTS,
            formula=_("Number of supervised accounts of offices in the area, by state"),
            rows=ACCOUNTS,
            order=30,
            **shared,
        )
    )
    register(
        Indicator(
            code="balance",
            name=_("Balance of supervised accounts"),
            unit=units.YUAN,
            formula=_("Sum of the last closing balances; accounts whose balance is not known are left out"),
            rows=BALANCES,
            order=31,
            **shared,
        )
    )


def define_heard() -> None:
    """Accounts by whether the bank still tells us of them."""
    register(
        Indicator(
            code="freshness",
            name=_("Accounts with up-to-date statements"),
            unit=units.ACCOUNTS,
            formula=_("Confirmed accounts not closed: statements reach to the day before yesterday or later, or not"),
            source=_("Bank statements"),
            permission=Permission.FUND_ACCOUNT_VIEW,
            rows=FRESHNESS,
            url=lambda area, part, period: rows("funds:accounts", area, data=part),
            parts={"fresh": _("up to date"), "stale": _("out of date")},
            better="more",
            order=32,
        )
    )


def define_moved() -> None:
    """What came in and went out: as money, and as rows."""
    shared: dict[str, Any] = {
        "source": _("Bank statements, booked rows"),
        "permission": Permission.TRANSACTION_VIEW,
        "kept": True,
        "period": year_until,
        "parts": SIDES,
        "url": lambda area, part, period: entries(area, "", period),  # the list sums both sides in one row
    }
    register(
        Indicator(
            code="money",
            name=_("Received and paid this year"),
            unit=units.YUAN,
            formula=_("Sum of the booked rows of the accounts of the area from 1 January, in and out"),
            rows=MONEY,
            order=41,
            **shared,
        )
    )
    register(
        Indicator(
            code="entries",
            name=_("Bank rows this year"),
            unit=units.ROWS,
            formula=_("Number of booked rows of the accounts of the area from 1 January, in and out"),
            rows=ENTRIES,
            order=42,
            **shared,
        )
    )
