"""Pages of accounts, bank rows, statement files and banks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.jobs import queries as jobs
from anzhi.foundation.money import formats
from anzhi.foundation.web import places
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage
from anzhi.foundation.web.requests import Request
from anzhi.foundation.web.tables import Totals
from anzhi.supervision.funds import forms, queries, tables
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount, Transaction
from anzhi.supervision.funds.refusals import explain
from anzhi.supervision.funds.services import accounts, importing, receiving
from anzhi.supervision.funds.states import FileState, Source


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


def sides(moved: queries.Moved) -> Totals:
    """The total row of bank rows."""
    label = _("Total %(rows)s: %(rows_in)s in, %(rows_out)s out") % {
        "rows": formats.figure(moved.rows, 0),
        "rows_in": formats.figure(moved.rows_in, 0),
        "rows_out": formats.figure(moved.rows_out, 0),
    }
    return Totals(moved.rows, {"amount": tables.Sides.of(moved)}, label)


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
        """Showing the number takes a reason."""
        url = reverse("funds:account_reveal", args=[self.object.pk])
        return [Act(_("Show full number"), url, "eye", permission=Permission.FUND_ACCOUNT_REVEAL)]

    def query(self) -> QuerySet[Transaction]:
        """Its rows."""
        return queries.transactions_of(self.object)

    @cached_property
    def summed(self) -> Totals:
        """From the days where only days are asked for, else from the rows of this one account."""
        asked = set(self.asked.values)
        if asked <= {"booked"} and not self.asked.wrong:
            found = queries.days_of(self.object)
            return sides(queries.moved(self._dated(found)))
        return sides(queries.counted(self.filtered))

    def _dated(self, days: QuerySet[Any]) -> QuerySet[Any]:
        low, high = self.asked.values.get("booked", (None, None))
        days = days.filter(day__gte=low) if low else days
        return days.filter(day__lte=high) if high else days

    def context(self) -> dict[str, Any]:
        """The strip: balance, month, open rows, chain."""
        account = self.object
        today = timezone.localdate()
        until = account.covered_until or today
        return {
            "month": queries.month_of(account, until),
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
        first = low or queries.days_of(self.object).order_by("day").values_list("day", flat=True).first()
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
        """Days and areas are summed from the account-days; nothing else is counted here."""
        asked = set(self.asked.values)
        if self.asked.wrong or asked - {"booked", "area"}:
            return Totals()
        days = queries.days(self.scope)
        low, high = self.asked.values.get("booked", (None, None))
        days = days.filter(day__gte=low) if low else days
        days = days.filter(day__lte=high) if high else days
        if "area" in asked:
            days = self.asked.declared["area"].apply(days, self.asked.values["area"])
        return sides(queries.moved(days))


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


class FileList(ListPage):
    """What came in, what was refused and why."""

    permission = Permission.STATEMENT_VIEW
    title = gettext_lazy("Statement files")
    rows = queries.files
    table, filters = tables.FileTable, tables.FileFilters
    template = "funds/files.html"
    scripts = ("funds/js/reload.js",)
    empty = (
        gettext_lazy("No file yet"),
        gettext_lazy("Files appear when they are dropped into the inbox folder or uploaded."),
    )

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """One act."""
        url = reverse("funds:upload")
        return [Act(_("Upload statements"), url, "upload", "main", Permission.STATEMENT_IMPORT)]


class FilePage(DetailPage):
    """One file: what became of it, and what to do."""

    styles = ("funds/css/funds.css",)
    permission = Permission.STATEMENT_VIEW
    nav = "funds:files"
    row = queries.file
    template = "funds/file.html"
    scripts = ("funds/js/reload.js",)

    @property
    def title(self) -> str:  # type: ignore[override]
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> list[Crumb]:  # type: ignore[override]
        """To the list."""
        number = _("No. %(number)s") % {"number": self.object.pk}
        return [Crumb(_("Statement files"), reverse("funds:files")), Crumb(number)]

    @property
    def marks(self) -> Any:
        """Its state."""
        return state_pill(tables.FILED[self.object.state], self.object.get_state_display())

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """A refused file can be tried again once the cause is cured."""
        if self.object.state != FileState.REFUSED:
            return []
        url = reverse("funds:file_again", args=[self.object.pk])
        return [Act(_("Try again"), url, "refresh", "main", Permission.STATEMENT_IMPORT, post=True)]

    def context(self) -> dict[str, Any]:
        """Reasons in words, statements, progress."""
        file = self.object
        return {
            "reasons": [{"where": known["where"], "message": explain(known)} for known in file.errors],
            "remarks": [{"where": known["where"], "message": explain(known)} for known in file.remarks],
            "frames": queries.frames(file) if file.state == FileState.IMPORTED else [],
            "progress": jobs.progress_of(importing.PROGRESS, str(file.pk)) if file.state in importing.OPEN else None,
            "same": queries.file(self.scope, file.same_as_id) if file.same_as_id else None,
        }


class FileAgain(ActionPage):
    """Import a refused file once more."""

    permission = Permission.STATEMENT_IMPORT
    row = queries.file
    done = gettext_lazy("The file is tried again.")

    def act(self) -> str:  # type: ignore[override]
        """Enqueue it."""
        file = receiving.again(file=self.object, by=self.actor)
        return reverse("funds:file", args=[file.pk])


class Upload(FormPage):
    """Bring statement files in by hand."""

    styles = ("funds/css/funds.css",)
    permission = Permission.STATEMENT_IMPORT
    nav = "funds:files"
    title = gettext_lazy("Upload statements")
    form = forms.UploadForm
    template = "funds/upload.html"
    submit = gettext_lazy("Bring in")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the list."""
        return reverse("funds:files")

    def form_arguments(self) -> dict[str, Any]:
        """Accounts of the area to choose from."""
        return {"accounts": [(str(row.pk), str(row)) for row in queries.accounts(self.scope)]}

    def save(self, form: forms.UploadForm) -> str:  # type: ignore[override]
        """Receive each; one file leads to its page, more to the list."""
        given = form.cleaned_data
        account = queries.account(self.scope, pk=int(given["account"])) if given["account"] else None
        try:
            files = self._receive(given, account)
        except OSError as error:
            raise ValidationError(_("The disk is full. Nothing was stored. Ask your system administrator.")) from error
        known = sum(file.state == FileState.KNOWN for file in files)
        said = ngettext("%(n)d file received.", "%(n)d files received.", len(files)) % {"n": len(files)}
        self.done = f"{said}{_('%(n)d of them came before; nothing was done.') % {'n': known} if known else ''}"
        return reverse("funds:file", args=[files[0].pk]) if len(files) == 1 else reverse("funds:files")

    def _receive(self, given: dict[str, Any], account: SupervisedAccount | None) -> list[StatementFile]:
        return [
            receiving.receive(
                one.chunks(),
                name=one.name or "",
                source=Source.UPLOAD,
                by=self.actor,
                mapping=given["mapping"] or "auto",
                account=account,
                enqueue=True,
            )
            for one in given["statements"]
        ]


class BankList(ListPage):
    """The banks that hold the area's accounts."""

    permission = Permission.FUND_ACCOUNT_VIEW
    title = gettext_lazy("Banks")
    rows = queries.banks
    table = tables.BankTable
