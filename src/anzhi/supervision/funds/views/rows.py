"""Bank rows across accounts, and one row."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import Scope, prefix_of
from anzhi.foundation.money import formats
from anzhi.foundation.web.acts import Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage
from anzhi.foundation.web.tables import Totals
from anzhi.supervision.funds import queries, tables
from anzhi.supervision.funds.sums import sides


class TransactionList(ListPage):
    """All bank rows of the area, newest first."""

    permission = Permission.TRANSACTION_VIEW
    title = gettext_lazy("Transactions")
    rows = queries.transactions
    table, filters = tables.TransactionTable, tables.TransactionFilters
    paging = "seek"
    template = "funds/transactions.html"
    empty = (
        gettext_lazy("No row yet"),
        gettext_lazy("Rows appear when a bank statement is imported."),
    )

    @cached_property
    def summed(self) -> Totals:
        """Areas and days are summed from what is kept of months and days; nothing else is counted here."""
        asked = self.asked.values
        if self.asked.wrong or asked.keys() - {"booked", "area"}:
            return Totals()
        area = Scope(prefix_of(asked["area"])) if "area" in asked else self.scope
        return sides(queries.moved_between(area, *asked.get("booked", (None, None))))


class TransactionPage(DetailPage):
    """One row: where the money went, and which file says so."""

    permission = Permission.TRANSACTION_VIEW
    nav = "funds:transactions"
    row = queries.transaction
    template = "funds/transaction.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        """Amount and counterparty."""
        row = self.object
        return f"{formats.signed(row.signed)} {row.counter_name or row.text[:20]}".strip()

    @property
    def crumbs(self) -> list[Crumb]:  # type: ignore[override]
        """By account."""
        row = self.object
        return [
            Crumb(_("Transactions"), reverse("funds:transactions")),
            Crumb(row.account.name, reverse("funds:account", args=[row.account_id])),
            Crumb(row.bank_ref or f"{row.booked:%Y-%m-%d}"),
        ]

    def context(self) -> dict[str, Any]:
        """Parts, rivals, and the file when the reader may see it."""
        row = self.object
        return {
            "matches": queries.matches(row),
            "parts": list(row.details.order_by("ordinal")[:200]),
            "rivals": list(queries.rivals(row)) if row.conflict else [],
            "file": queries.file(self.scope, row.file_id),
            "match_kind": tables.MATCHED[row.match_state],
        }
