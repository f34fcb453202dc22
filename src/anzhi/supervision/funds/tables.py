"""Lists: accounts, transactions, files, banks."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.money import formats
from anzhi.foundation.web import cells, places
from anzhi.foundation.web.columns import Date, Figure, Link, Money, State, Text
from anzhi.foundation.web.filters import AmountRange, Ask, Choice, DateRange, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.management.plans.states import River
from anzhi.supervision.funds import queries
from anzhi.supervision.funds.states import TIERS, AccountStatus, FileState, MatchState, Source

# not matched is no fault while payments to payees have no plan to be matched with: calm until they do
MATCHED = {"matched_auto": "done", "matched_manual": "run", "internal": "", "unmatched": "", "suspicious": "bad"}
FILED = {"received": "wait", "parsing": "run", "imported": "done", "known": "", "refused": "bad", "waiting": "wait"}
WINDOW_DAYS = 92
SHEETS = (_("the bank's own columns"), _("general columns"))
USED = {"filed": "run", "open": "done", "suspended": "wait", "closed": ""}


class Sides(Decimal):
    """A net amount that knows what came in and what went out: two lines in a total row, one figure in a sheet."""

    came: Decimal
    went: Decimal

    @classmethod
    def of(cls, moved: queries.Moved) -> "Sides":
        """From sums."""
        made = cls(moved.came - moved.went)
        made.came, made.went = moved.came, moved.went
        return made


class Moving(Money):
    """A signed amount; the total row shows both sides."""

    def text(self, value: Any) -> Any:
        """In above, out below."""
        if not isinstance(value, Sides):
            return super().text(value)
        return format_html(
            '<span class="az-plus">{}</span><br>{}', formats.signed(value.came), formats.signed(-value.went)
        )


class Balance(Money):
    """Yuan as the bank says; not known is not zero."""

    def html(self, row: Any) -> Any:
        """The figure, or that there is none yet."""
        if self.value(row) is None:
            return cells.unknown(_("No statement with a closing balance yet"))
        return super().html(row)


class AccountTable(Table):
    """Supervised accounts."""

    order = "region_code"
    name = Link(_("Supervised account"), "name", url="funds:account", note="number_mask", sort="region_code")
    known = Balance(_("Balance"), "balance", sort="known", total=True)
    area = Text(_("Area"), lambda row: places.name_of(row.region_code), phone="more")
    bank = Text(_("Bank"), "bank.short_name", note="branch", phone="note")
    funds = Text(_("Funds"), lambda row: "、".join(row.funds), phone="more")
    covered_until = Date(_("Statements until"), phone="more")
    chain = State(
        _("Chain of balances"),
        lambda row: "broken" if row.broken_chains else "whole" if row.covered_until else "none",
        kinds={"broken": "bad", "whole": "done", "none": ""},
        labels={"broken": _("Broken"), "whole": _("Unbroken"), "none": _("No statement yet")},
        phone="more",
    )
    status = State(_("State"), kinds=USED)


class AccountFilters(Filters):
    """By area, tier, bank, kind of money, state and freshness."""

    area = Region(_("Area"))
    tier = Choice(_("Tier"), "agency__tier", choices=TIERS)
    bank = Choice(_("Bank"), "bank_id", choices=queries.bank_choices)
    funds = Ask(_("Funds"), ask={code: (label, Q(rivers__contains=[code])) for code, label in River.choices})
    status = Choice(_("State"), choices=AccountStatus.choices)
    data = Ask(
        _("Data"),
        ask={
            "stale": (_("out of date"), lambda rows: rows.filter(queries.stale())),
            "broken": (_("broken chain"), Q(broken_chains__gt=0)),
            "fresh": (_("up to date"), lambda rows: rows.filter(queries.heard())),
        },
    )
    q = Search(_("Account or office"), lookups=("name__icontains", "branch__icontains"))


class RowTable(Table):
    """Rows of one account."""

    order = "-booked"
    day = "booked"
    booked = Date(_("Booked"), lambda row: row.booked_at or row.booked, time=True, phone="hide")
    bank_ref = Text(_("Reference"), phone="more")
    amount = Moving(_("Amount"), "signed", signed=True)
    who = Link(
        _("Counterparty / purpose"),
        lambda row: row.counter_name or _("not named"),
        url="funds:transaction",
        note=lambda row: row.text[:60],
    )
    balance = Money(_("Balance"), "balance_after", phone="more", drop=True)
    match = State(
        _("Match"),
        lambda row: "pending" if row.pending else row.match_state,
        kinds=MATCHED | {"pending": "wait"},
        labels=dict(MatchState.choices) | {"pending": _("Not booked yet")},
    )
    plan = Text(
        _("Stands for"),
        lambda row: "、".join(match.allocation.document for match in row.matches.all()),
        drop=True,
        phone="more",
    )
    conflict = Text(_("Note"), lambda row: _("same reference, other amount") if row.conflict else "", drop=True)


class RowFilters(Filters):
    """By day, side, amount, match and words."""

    booked = DateRange(_("Date"))
    side = Ask(_("In or out"), ask={"in": (_("in"), Q(credit=True)), "out": (_("out"), Q(credit=False))})
    amount = AmountRange(_("Amount"))
    match = Choice(_("Match"), "match_state", choices=MatchState.choices)
    odd = Ask(
        _("Notes"),
        ask={
            "conflict": (_("same reference, other amount"), Q(conflict=True)),
            "pending": (_("not booked yet"), Q(pending=True)),
        },
    )
    q = Search(_("Counterparty"), lookups=("counter_name__icontains",))


class TransactionTable(Table):
    """Rows across accounts."""

    order = "-booked"
    day = "booked"
    booked, bank_ref, amount, who = RowTable.booked, RowTable.bank_ref, RowTable.amount, RowTable.who
    account = Text(
        _("Supervised account"),
        "account.name",
        note="account.number_mask",
        href=lambda row: reverse("funds:account", args=[row.account_id]),
        phone="more",
    )
    match, plan, conflict = RowTable.match, RowTable.plan, RowTable.conflict


class TransactionFilters(Filters):
    """Also by area. What no index answers is looked for in the last quarter, unless days are named."""

    area = Region(_("Area"))
    booked, side, amount = RowFilters.booked, RowFilters.side, RowFilters.amount
    match, odd, q = RowFilters.match, RowFilters.odd, RowFilters.q

    @property
    def windowed(self) -> bool:
        """Whether only the last quarter is looked at."""
        return "booked" not in self.values and bool({"q", "amount", "match"} & set(self.values))

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Inside the window."""
        if self.windowed:
            rows = rows.filter(booked__gte=timezone.localdate() - timedelta(days=WINDOW_DAYS))
        return super().apply(rows)


class FileTable(Table):
    """Statement files as they came in."""

    order = "-id"
    name = Link(_("File"), "name", url="funds:file", note="format")
    received_at = Date(_("Received"), time=True, phone="note")
    source = Text(_("Way in"), "get_source_display", note="brought_by", phone="more")
    state = State(_("State"), kinds=FILED)
    entries = Figure(_("Entries"), lambda row: row.entries if row.stored else None, phone="more")
    added = Figure(_("New"), lambda row: row.added if row.stored else None, phone="more")
    credits = Money(_("In"), lambda row: row.credits if row.stored else None, phone="amount")
    debits = Money(_("Out"), lambda row: row.debits if row.stored else None, phone="more")
    raised = Figure(_("Alerts raised"), lambda row: row.raised if row.stored else None, phone="more")


class FileFilters(Filters):
    """By state, way in and day."""

    state = Choice(_("State"), choices=FileState.choices)
    source = Choice(_("Way in"), choices=Source.choices)
    received_at = DateRange(_("Received"))
    q = Search(_("File name"), lookups=("name__icontains",))


class BankTable(Table):
    """The thirteen banks."""

    order = "position"
    name = Text(_("Bank"), "name", phone="title")
    accounts_held = Figure(_("Accounts"), total=True, phone="note")
    balance_held = Money(_("Balance"), total=True)
    mapping = Text(_("Sheets read by"), lambda row: SHEETS[row.mapping == "generic"], phone="more")
    oldest = Date(_("All statements until"), phone="more")
