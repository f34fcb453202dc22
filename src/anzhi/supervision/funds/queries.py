"""Reads: accounts, their rows, files. Each takes the scope of who asks; row-level security stands behind it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from anzhi.foundation.access.scope import Scope
from anzhi.foundation.money.field import MoneyField
from anzhi.foundation.parameters import clock
from anzhi.network.indicators import queries as indicators
from anzhi.network.indicators.rules import Period, month_end
from anzhi.supervision.funds.models import (
    AccountDay,
    Bank,
    Match,
    Statement,
    StatementFile,
    SupervisedAccount,
    Transaction,
)
from anzhi.supervision.funds.numbers import index_of
from anzhi.supervision.funds.states import WATCHED, FileState, MatchState

STALE_DAYS = 2
MANY = 1000
LONGEST_GAP = 60
NOTHING = Decimal(0)
NONE = Value(NOTHING, output_field=MoneyField())


def accounts(scope: Scope) -> QuerySet[SupervisedAccount]:
    """All accounts of an area, with `known`: the balance, nothing where it is not known, to order by."""
    rows = SupervisedAccount.objects.within(scope).select_related("bank", "agency")
    return rows.annotate(known=Coalesce("balance", NONE))


def account(scope: Scope, pk: int) -> SupervisedAccount | None:
    """One account."""
    return SupervisedAccount.objects.within(scope).select_related("bank", "agency", "upper").filter(pk=pk).first()


def uppers(scope: Scope) -> QuerySet[SupervisedAccount]:
    """Accounts in use that money may come from: those of the province and the prefectures."""
    return accounts(scope).filter(agency__tier__in=("province", "prefecture"), status__in=WATCHED)


def lower(account: SupervisedAccount, scope: Scope) -> list[SupervisedAccount]:
    """Accounts that declared this one above them, as far as the reader sees them."""
    return list(accounts(scope).filter(upper=account).order_by("region_code", "pk")[:50])


def account_by_number(number: str) -> SupervisedAccount | None:
    """The one account with this number, however it is written; None where there is none or more than one."""
    found = list(SupervisedAccount.objects.filter(number_index=index_of(number))[:2])
    return found[0] if len(found) == 1 else None


def accounts_in_use(scope: Scope) -> QuerySet[SupervisedAccount]:
    """Those that are confirmed and not closed, counted beside the navigation."""
    return SupervisedAccount.objects.within(scope).filter(status__in=WATCHED)


def stale(today: date | None = None) -> Q:
    """Accounts whose statements stopped: nothing is known of the last days."""
    limit = (today or clock.today()) - timedelta(days=STALE_DAYS)
    return (Q(covered_until=None) | Q(covered_until__lt=limit)) & Q(status__in=WATCHED)


def heard(today: date | None = None) -> Q:
    """Accounts in use whose statements keep coming."""
    return Q(status__in=WATCHED) & ~stale(today)


def banks(scope: Scope) -> QuerySet[Bank]:
    """The banks, with how many accounts of the area they hold and what is on them."""
    low, high = scope.bounds
    mine = Q(accounts__region_code__gte=low, accounts__region_code__lt=high)
    return Bank.objects.annotate(
        accounts_held=Count("accounts", filter=mine),
        balance_held=Coalesce(Sum("accounts__balance", filter=mine), NONE),
        oldest=Min("accounts__covered_until", filter=mine & Q(accounts__status__in=WATCHED)),
    )


@dataclass(frozen=True)
class Watched:
    """What the list of accounts says first."""

    accounts: int
    balance: Decimal
    unknown: int
    stale: int
    broken: int


def watched(rows: QuerySet[SupervisedAccount]) -> Watched:
    """Figures over accounts, in one query."""
    found = rows.order_by().aggregate(
        accounts=Count("pk"),
        sum=Sum("balance"),
        unknown=Count("pk", filter=Q(balance=None)),
        stale=Count("pk", filter=stale()),
        broken=Count("pk", filter=Q(broken_chains__gt=0)),
    )
    return Watched(found["accounts"], found["sum"] or NOTHING, found["unknown"], found["stale"], found["broken"])


def bank_choices() -> list[tuple[str, str]]:
    """Code and short name."""
    return list(Bank.objects.values_list("code", "short_name"))


def transactions(scope: Scope) -> QuerySet[Transaction]:
    """Rows of an area."""
    return Transaction.objects.within(scope).select_related("account").prefetch_related(_matches())


def transactions_of(account: SupervisedAccount) -> QuerySet[Transaction]:
    """Rows of one account."""
    return Transaction.objects.filter(account=account).prefetch_related(_matches())


def _matches() -> Prefetch:
    return Prefetch("matches", Match.objects.select_related("allocation"))


def transaction(scope: Scope, pk: int) -> Transaction | None:
    """One row, with its account and file."""
    return Transaction.objects.within(scope).select_related("account__bank").filter(pk=pk).first()


def matches(row: Transaction) -> list[Match]:
    """The allocations this row carries out."""
    return list(Match.objects.filter(transaction=row).select_related("allocation").order_by("pk"))


def rivals(row: Transaction) -> QuerySet[Transaction]:
    """Rows with the same reference on the same day and side, but another amount."""
    same = Transaction.objects.filter(account_id=row.account_id, booked=row.booked, bank_ref=row.bank_ref)
    return same.filter(credit=row.credit, conflict=True).exclude(pk=row.pk)


@dataclass(frozen=True)
class Moved:
    """What went in and out, and over how many rows."""

    came: Decimal
    went: Decimal
    rows_in: int
    rows_out: int

    @property
    def rows(self) -> int:
        """Both sides."""
        return self.rows_in + self.rows_out

    def __add__(self, more: "Moved") -> "Moved":
        """Two times, one after the other."""
        came, went = self.came + more.came, self.went + more.went
        return Moved(came, went, self.rows_in + more.rows_in, self.rows_out + more.rows_out)


DAY_SUMS = ("money_in", "money_out", "rows_in", "rows_out")


def moved(days: QuerySet[AccountDay]) -> Moved:
    """Sums of account-days."""
    return _moved(days.aggregate(**{name: Sum(name) for name in DAY_SUMS}))


def _moved(sums: dict[str, Any], part: str = "") -> Moved:
    came, went, rows_in, rows_out = (sums[part + name] for name in DAY_SUMS)
    return Moved(came or NOTHING, went or NOTHING, rows_in or 0, rows_out or 0)


def moved_between(scope: Scope, low: date | None, high: date | None) -> Moved:
    """Sums of an area from day to day (both may be open): the days of a province's year are a hundred thousand.

    Whole months come from the figures kept of them, the days before and after from the account-days.
    """
    first = low if low is None or low.day == 1 else month_end(low) + timedelta(days=1)
    last = high if high is None or high == month_end(high) else high.replace(day=1) - timedelta(days=1)
    if first and last and first > last:
        return moved(days(scope).filter(day__gte=low, day__lte=high))
    sums = indicators.kept_sums(("money", "entries"), scope, Period(first, last))
    came, went = (Decimal(sums.get(("money", side), 0)) / 100 for side in ("in", "out"))
    months = Moved(came, went, int(sums.get(("entries", "in"), 0)), int(sums.get(("entries", "out"), 0)))
    edges = Q(day__gte=low, day__lt=first) if first != low else Q()
    edges |= Q(day__gt=last, day__lte=high) if last != high else Q()
    return months + moved(days(scope).filter(edges)) if edges else months


@dataclass(frozen=True)
class Days:
    """What moved on the days shown and in one month; the account's first day."""

    shown: Moved
    month: Moved
    first: date | None


def moved_of(account: SupervisedAccount, month: date, low: date | None, high: date | None) -> Days:
    """From one pass over the account's days: between two days (both may be open), and in the month of a day."""
    begins = month.replace(day=1)
    parts = {
        "shown_": (Q(day__gte=low) if low else Q()) & (Q(day__lte=high) if high else Q()),
        "month_": Q(day__gte=begins, day__lt=(begins + timedelta(days=32)).replace(day=1)),
    }
    sums = {part + name: Sum(name, filter=where) for part, where in parts.items() for name in DAY_SUMS}
    found = days_of(account).aggregate(first=Min("day"), **sums)
    return Days(_moved(found, "shown_"), _moved(found, "month_"), found["first"])


def counted(rows: QuerySet[Transaction]) -> Moved:
    """Sums of rows that are few: of one account, or inside a short time. Pending rows are not money yet."""
    side = {name: Q(credit=credit, pending=False) for name, credit in (("in", True), ("out", False))}
    found = rows.order_by().aggregate(
        came=Sum("amount", filter=side["in"]),
        went=Sum("amount", filter=side["out"]),
        rows_in=Count("pk", filter=side["in"]),
        rows_out=Count("pk", filter=side["out"]),
    )
    return Moved(found["came"] or NOTHING, found["went"] or NOTHING, found["rows_in"], found["rows_out"])


def days_of(account: SupervisedAccount) -> QuerySet[AccountDay]:
    """The account's days."""
    return AccountDay.objects.filter(account=account)


def days(scope: Scope) -> QuerySet[AccountDay]:
    """The days of an area."""
    return AccountDay.objects.within(scope)


def unmatched(account: SupervisedAccount) -> int:
    """Rows without an explanation; MANY stands for that many and more."""
    rows = Transaction.objects.filter(account=account, match_state=MatchState.UNMATCHED, pending=False)
    return rows.order_by()[:MANY].count()


def balance_before(account: SupervisedAccount, day: date) -> Decimal | None:
    """The balance at the beginning of a day, from the nearest statement; None where no statement tells."""
    since = AccountDay.objects.filter(account=OuterRef("account"), day__gte=OuterRef("from_date"), day__lt=day)
    net = since.order_by().values("account").annotate(net=Sum(F("money_in") - F("money_out"))).values("net")
    frames = Statement.objects.filter(account=account, opening__isnull=False, from_date__lte=day)
    balance = ExpressionWrapper(F("opening") + Coalesce(Subquery(net), NONE), output_field=MoneyField())
    return frames.order_by("-from_date", "-id").values_list(balance, flat=True).first()


def broken(account: SupervisedAccount) -> QuerySet[Statement]:
    """Statements whose opening is not the closing before."""
    return Statement.objects.filter(account=account, expected__isnull=False).order_by("-from_date")


def missing_numbers(account: SupervisedAccount) -> list[tuple[int, int]]:
    """Numbers of statements that never came, as ranges. A year that begins anew is no gap."""
    rows = Statement.objects.filter(account=account, sequence__isnull=False).order_by("from_date", "sequence")
    numbers = [number for number in rows.values_list("sequence", flat=True).distinct() if number is not None]
    return [(before + 1, after - 1) for before, after in pairwise(numbers) if 1 < after - before <= LONGEST_GAP]


def files(scope: Scope) -> QuerySet[StatementFile]:
    """Statement files that lie wholly in an area."""
    return StatementFile.objects.within(scope)


def file(scope: Scope, pk: int) -> StatementFile | None:
    """One file."""
    return StatementFile.objects.within(scope).select_related("for_account").filter(pk=pk).first()


def frames(known: StatementFile, limit: int = 200) -> list[Statement]:
    """The statements in a file, those of the first accounts."""
    return list(known.frames.select_related("account__bank").order_by("ordinal")[:limit])


def files_in_trouble(scope: Scope) -> QuerySet[StatementFile]:
    """Files refused in the last days, counted beside the navigation."""
    since = timezone.now() - timedelta(days=7)
    return StatementFile.objects.within(scope).filter(state=FileState.REFUSED, received_at__gte=since)
