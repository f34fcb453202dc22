"""Reads of alerts and rules."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from anzhi.foundation.access.context import Scope
from anzhi.foundation.accounts.models import Agency
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.management.plans.models import Allocation, PlanFile
from anzhi.supervision.alerts.findings import Finding, Touched
from anzhi.supervision.alerts.models import Alert, RuleVersion
from anzhi.supervision.alerts.states import RANK, State
from anzhi.supervision.alerts.types.base import RuleType
from anzhi.supervision.funds.models import Match, SupervisedAccount

NUMBERING = 4091  # advisory lock: numbers of alerts are given out one transaction at a time


def alerts(scope: Scope | str) -> QuerySet[Alert]:
    """Alerts of an area, newest first."""
    return Alert.objects.within(scope).select_related("agency", "version")


def open_alerts(scope: Scope | str) -> QuerySet[Alert]:
    """Alerts whose episode still runs."""
    return alerts(scope).filter(closed_at=None)


def by_rank(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    """Red before yellow before blue, the largest first."""
    ranks = [When(level=level, then=rank) for level, rank in RANK.items()]
    return rows.order_by(Case(*ranks, output_field=IntegerField()), "-amount", "number")


def alert(scope: Scope | str, number: str) -> Alert:
    """One alert of an area by its number."""
    return alerts(scope).get(number=number)


def alert_with_story(scope: Scope | str, number: str) -> Alert:
    """The same, with what was done about it and how its level changed."""
    return alerts(scope).prefetch_related("actions", "changes").get(number=number)


def open_count(scope: Scope | str) -> int:
    """How many alerts wait in an area."""
    return open_alerts(scope).count()


def counts(scope: Scope | str) -> dict[str, int]:
    """Open alerts by level, drills left out; a level without any is 0."""
    rows = open_alerts(scope).filter(is_drill=False).values("level").annotate(n=Count("id")).order_by()
    return {"red": 0, "yellow": 0, "blue": 0} | {row["level"]: row["n"] for row in rows}


def senders(accounts: Iterable[int], allocations: Iterable[int]) -> tuple[int, ...]:
    """Offices whose sending may look different: holders of the accounts, and senders of the allocations."""
    holders = SupervisedAccount.objects.filter(pk__in=list(accounts)).values_list("agency_id", flat=True)
    sending = Allocation.objects.filter(pk__in=list(allocations)).values_list("from_agency_id", flat=True)
    return tuple(sorted({*holders, *sending}))


def plan_file(file: int) -> PlanFile:
    """The sheet that asked for a look."""
    return PlanFile.objects.get(pk=file)


def parties_of(file: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Accounts of everybody in a sheet of allocations, and the offices that send."""
    ends = Allocation.objects.filter(file=file).values_list("from_agency_id", "to_agency_id")
    senders = {sender for sender, _receiver in ends}
    offices = senders | {receiver for _sender, receiver in ends}
    accounts = SupervisedAccount.objects.filter(agency__in=offices).order_by("pk").values_list("pk", flat=True)
    return tuple(accounts), tuple(sorted(senders))


def matches_of(scope: Scope, allocation: Allocation) -> list[Match]:
    """Bank rows of the area that carry an allocation out."""
    rows = Match.objects.within(scope).filter(allocation=allocation).select_related("transaction")
    return list(rows.order_by("transaction__booked", "pk")[:200])


def alerts_of(scope: Scope, allocation: Allocation) -> list[Alert]:
    """Alerts of the area about an allocation, or about its document and sender."""
    subject = f"document:{allocation.from_agency_id}:{allocation.fund_type}:{allocation.document_key}"
    return list(alerts(scope).filter(Q(allocation=allocation) | Q(subject=subject)).order_by("-id")[:20])


def counts_of_type(scope: Scope | str, code: str) -> dict[str, int]:
    """Open alerts of one type by level."""
    rows = open_alerts(scope).filter(type=code).values("level").annotate(n=Count("id")).order_by()
    return {"red": 0, "yellow": 0, "blue": 0} | {row["level"]: row["n"] for row in rows}


def rule(scope: Scope | str, code: str) -> RuleVersion:
    """The live version of a type; rules are the same for everybody."""
    return live_version(code)


def live_version(code: str) -> RuleVersion:
    """The version in force of a type."""
    return RuleVersion.objects.get(type=code, live=True)


def draft_of(code: str, lock: bool = False) -> RuleVersion | None:
    """The draft of a type that waits for its publisher."""
    rows = RuleVersion.objects.select_for_update() if lock else RuleVersion.objects.all()
    return rows.filter(type=code, published_at=None).first()


def last_number(code: str) -> int:
    """The highest number given to a version of a type."""
    return versions(code).values_list("number", flat=True).first() or 0


def parameters_of(rule: RuleType, on: date) -> dict[str, RuleParameter]:
    """The rows of a rule's limits for the whole province on a day, by code."""
    codes = [parameter.code for parameter in rule.parameters]
    return {row.code: row for row in parameters.current(on).filter(code__in=codes, scope="", key="")}


def live_versions(scope: Scope | str = "") -> QuerySet[RuleVersion]:
    """The version in force of every type."""
    return RuleVersion.objects.filter(live=True)


def versions(code: str) -> QuerySet[RuleVersion]:
    """All versions of a type, newest first."""
    return RuleVersion.objects.filter(type=code)


def followed_by_subject(code: str, touched: Touched | None) -> dict[str, Alert]:
    """Alerts of a type that still run, and false positives whose condition still holds, by subject; locked."""
    running = Q(closed_at=None) | Q(state=State.FALSE_POSITIVE, gone_on=None)
    rows = Alert.objects.select_for_update().filter(running, type=code).order_by("id")
    if touched:
        narrow = {"account__in": touched.accounts} if code == "IDLE_FUND" else {"agency__in": touched.agencies}
        rows = rows.filter(**narrow)
    return {alert.subject: alert for alert in rows}


def closed_lately(code: str, subjects: list[str], since: date) -> dict[str, Alert]:
    """Alerts of these subjects closed on or after a day, the latest of each; locked."""
    rows = Alert.objects.select_for_update().filter(
        type=code, subject__in=subjects, state=State.CLOSED, closed_at__date__gte=since
    )
    return {alert.subject: alert for alert in rows.order_by("id")}


def next_numbers(on: date, count: int) -> list[str]:
    """The next numbers of a day: YJ-20261122-0001."""
    head = f"YJ-{on:%Y%m%d}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
    last = Alert.objects.filter(number__startswith=head).order_by("-number").values_list("number", flat=True).first()
    first = int(last.rsplit("-", 1)[1]) + 1 if last else 1
    return [f"{head}{number:04d}" for number in range(first, first + count)]


def labels_of(findings: Iterable[Finding]) -> dict[str, dict[str, Any]]:
    """The words an alert needs to explain itself when account or office are long gone, by subject."""
    findings = list(findings)
    agencies = Agency.objects.in_bulk({f.agency_id for f in findings})
    accounts = SupervisedAccount.objects.select_related("bank").in_bulk(
        {f.facts.get("account_id") for f in findings} - {None}
    )
    legs = Allocation.objects.in_bulk({f.facts.get("allocation_id") for f in findings} - {None})
    return {
        f.subject: {
            "agency": agencies[f.agency_id].short_name,
            "account": _account(accounts.get(f.facts.get("account_id"))),
            "document": legs[f.facts["allocation_id"]].document if f.facts.get("allocation_id") in legs else "",
        }
        for f in findings
    }


def _ids(findings: list[Finding], name: str) -> set[int]:
    return {finding.facts[name] for finding in findings if finding.facts.get(name)}


def _account(account: SupervisedAccount | None) -> str:
    return f"{account.bank.short_name} {account.number_mask}" if account else ""


def locked(alert: Alert) -> Alert:
    """The row, held until the transaction ends."""
    return Alert.objects.select_for_update().get(pk=alert.pk)
