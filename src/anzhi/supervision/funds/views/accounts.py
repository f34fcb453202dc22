"""Accounts and banks."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web import places
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import FormPage
from anzhi.foundation.web.requests import Request
from anzhi.foundation.web.tables import Totals
from anzhi.supervision.funds import forms, queries, tables
from anzhi.supervision.funds.models import Transaction
from anzhi.supervision.funds.services import accounts
from anzhi.supervision.funds.sums import sides


class AccountList(ListPage):
    """Which accounts are watched, and is what we know of them fresh?"""

    permission = Permission.FUND_ACCOUNT_VIEW
    title = gettext_lazy("Supervised accounts")
    rows = queries.accounts
    table, filters = tables.AccountTable, tables.AccountFilters
    template = "funds/accounts.html"
    empty = (
        gettext_lazy("No account yet"),
        gettext_lazy("An account appears here when it is registered."),
    )

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """One act."""
        url = reverse("funds:account_file")
        return [Act(_("Register an account"), url, "plus", "main", Permission.FUND_ACCOUNT_EDIT)]

    @cached_property
    def watched(self) -> queries.Watched:
        """The strip, from the query that also gives count and total."""
        return queries.watched(self.filtered)

    @cached_property
    def summed(self) -> Totals:
        """The total says what it leaves out."""
        known = self.watched
        left_out = ngettext(
            "The balance of %(n)d account is not known and not in the sum.",
            "The balances of %(n)d accounts are not known and not in the sum.",
            known.unknown,
        ) % {"n": known.unknown}
        return Totals(known.accounts, {"known": known.balance}, note=left_out if known.unknown else "")

    def context(self) -> dict[str, Any]:
        """The strip."""
        return {"watched": self.watched}


class AccountPage(ListPage):
    """One account: what is on it, what moved this month, and its rows."""

    styles = ("funds/css/funds.css",)
    permission = Permission.TRANSACTION_VIEW
    nav = "funds:accounts"
    row = queries.account
    table, filters = tables.RowTable, tables.RowFilters
    paging = "seek"
    template = "funds/account.html"
    empty = (
        gettext_lazy("No row yet"),
        gettext_lazy("Rows appear when a statement of this account is imported."),
    )

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> list[Crumb]:  # type: ignore[override]
        """By area."""
        area = self.object.region_code
        home = reverse("funds:accounts")
        return [
            Crumb(_("Supervised accounts"), home),
            Crumb(places.name_of(area), f"{home}?area={area}"),
            Crumb(self.object.number_mask),
        ]

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """What is registered of it; showing the number takes a reason."""
        pk = self.object.pk
        return [
            Act(_("Record"), reverse("funds:account_record", args=[pk]), "id", permission=Permission.FUND_ACCOUNT_VIEW),
            Act(
                _("Show full number"),
                reverse("funds:account_reveal", args=[pk]),
                "eye",
                permission=Permission.FUND_ACCOUNT_REVEAL,
            ),
        ]

    def query(self) -> QuerySet[Transaction]:
        """Its rows."""
        return queries.transactions_of(self.object)

    @cached_property
    def summed(self) -> Totals:
        """From the days where only days are asked for, else from the rows of this one account."""
        if set(self.asked.values) <= {"booked"} and not self.asked.wrong:
            return sides(self.days.shown)
        return sides(queries.counted(self.filtered))

    @cached_property
    def days(self) -> queries.Days:
        """What moved on the days asked for and in the last month known."""
        return queries.moved_of(self.object, self._until, *self.asked.values.get("booked", (None, None)))

    @property
    def _until(self) -> date:
        return self.object.covered_until or timezone.localdate()

    def context(self) -> dict[str, Any]:
        """The strip: balance, month, open rows, chain."""
        account = self.object
        today = timezone.localdate()
        until = self._until
        return {
            "month": self.days.month,
            "month_of": until,
            "this_month": (until.year, until.month) == (today.year, today.month),
            "unmatched": queries.unmatched(account),
            "many": queries.MANY,
            "chain": self._chain(),
            "missing": queries.missing_numbers(account)[:3],
            "broken": list(queries.broken(account)[:3]) if account.broken_chains else [],
        }

    def _chain(self) -> dict[str, Any] | None:
        """Opening and closing of the days shown; None where other filters make a balance meaningless."""
        if set(self.asked.values) - {"booked"} or not self.object.covered_until:
            return None
        low = self.asked.values.get("booked", (None, None))[0]
        first = low or self.days.first
        opening = queries.balance_before(self.object, first) if first else None
        if opening is None:
            return None
        net = self.summed.values["amount"]
        return {"opening": opening, "closing": opening + net, "whole": not self.object.broken_chains}


class AccountReveal(FormPage):
    """The full number, once, for a reason."""

    styles = ("funds/css/funds.css",)
    permission = Permission.FUND_ACCOUNT_REVEAL
    nav = "funds:accounts"
    row, form = queries.account, forms.ReasonForm
    submit = gettext_lazy("Show full number")
    template = "funds/reveal.html"
    title = gettext_lazy("Show full number")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the account."""
        return reverse("funds:account", args=[self.object.pk])

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Shown in this answer only: never in an address, a session or a cache."""
        form = self.build(request.POST)
        if not form.is_valid():
            return self.render(row=self.object, form=form, status=422)
        number = accounts.reveal(account=self.object, by=self.actor, reason=form.cleaned_data["reason"])
        response = self.render("funds/revealed.html", row=self.object, number=number)
        response["Cache-Control"] = "no-store"
        return response


class BankList(ListPage):
    """The banks that hold the area's accounts."""

    permission = Permission.FUND_ACCOUNT_VIEW
    title = gettext_lazy("Banks")
    rows = queries.banks
    table = tables.BankTable
