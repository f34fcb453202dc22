"""The pages that are looked at: where they are, who uses them, how wide their screens are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from anzhi.foundation.access.scope import current
from anzhi.foundation.audit.queries import events
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.foundation.workflow.models import Case, Definition
from anzhi.management.annual.models import AnnualPlan, AnnualTask
from anzhi.management.budgets.models import Budget, BudgetLine, Expense
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine
from anzhi.network.projects.models import Project
from anzhi.network.sites.models import ResettlementSite
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount, Transaction

DESK, PHONE, WALL = (1440, 900), (390, 844), (1920, 1080)
COUNTY = "532328000000"  # 元谋, where the demo's county accounts sit
NOBODY = ""


@dataclass(frozen=True)
class Shot:
    """A page, by name; `find` gives its address from the rows there are, None where there is no such row."""

    name: str
    find: Callable[[], str | None]
    accounts: tuple[str, ...]
    sizes: tuple[tuple[int, int], ...] = (DESK, PHONE)


def at(name: str, *arguments: Any, query: str = "") -> Callable[[], str]:
    """A page whose address is known."""
    return lambda: reverse(name, args=arguments) + query


def row(name: str, rows: Callable[[], QuerySet[Any]], field: str = "pk") -> Callable[[], str | None]:
    """The page of the first of some rows."""

    def find() -> str | None:
        value = rows().values_list(field, flat=True).first()
        return None if value is None else reverse(name, args=[value])

    return find


def _alert(kind: str) -> Callable[[], QuerySet[Any]]:
    return lambda: Alert.objects.filter(type=kind, closed_at=None).order_by("-amount")


def _busiest() -> QuerySet[Any]:
    return SupervisedAccount.objects.filter(region_code=COUNTY).order_by("-balance")


def _passed_on() -> QuerySet[Any]:
    return Transaction.objects.filter(region_code=COUNTY).order_by("-amount")


def _arrived() -> QuerySet[Any]:
    return StatementFile.objects.filter(state="imported", region_code=COUNTY).order_by("-entries")


def _built() -> QuerySet[Any]:
    return Project.objects.order_by(F("installed_mw").desc(nulls_last=True))


def _lived_in() -> QuerySet[Any]:
    return ResettlementSite.objects.order_by("-moved_people")


def _planned() -> QuerySet[Any]:
    return PlanLine.objects.filter(region_code=COUNTY).order_by("-amount")


def _allocated() -> QuerySet[Any]:
    return Allocation.objects.filter(to_region=COUNTY).order_by("-amount")


def _given() -> QuerySet[Any]:
    return PlanFile.objects.filter(accepted=True).order_by("-pk")


def _valued() -> QuerySet[Any]:
    return RuleParameter.objects.filter(value__isnull=False, valid_to=None).order_by("code")


def _traced() -> QuerySet[Any]:
    return events(current()).filter(region_code__startswith="53").order_by("-id")


def _adjusted() -> QuerySet[Any]:
    return AnnualPlan.objects.filter(state="in_force").order_by("-version", "-year", "-region_code")


def _told() -> QuerySet[Any]:
    return AnnualTask.objects.filter(reports__state="confirmed").order_by("-year", "-region_code")


def _office() -> QuerySet[Any]:
    return Budget.objects.filter(region_code=COUNTY).order_by("year")


def _promised() -> QuerySet[Any]:
    return BudgetLine.objects.filter(region_code=COUNTY).order_by("-frozen")


def _waiting() -> QuerySet[Any]:
    return Expense.objects.filter(region_code=COUNTY).order_by("state", "-amount")


def _moving() -> QuerySet[Any]:
    return Case.objects.order_by("-entries", "pk")


def edition_row(name: str) -> Callable[[], str | None]:
    """The page of the first procedure in force."""

    def find() -> str | None:
        found = Definition.objects.filter(state="published").order_by("key").values_list("key", "version").first()
        return reverse(name, args=found) if found else None

    return find


PAGES = (
    Shot("home", at("home"), ("county", "auditor", "sysadmin")),
    Shot("board", at("board:board"), ("province", "county"), (WALL, DESK, PHONE)),
    Shot("board-prefecture", at("board:board", query="?region=532300000000"), ("province",), (WALL, DESK)),
    Shot("map", at("maps:map"), ("province", "county-officer")),
    Shot("projects", at("projects:index"), ("province", "county-officer")),
    Shot("project", row("projects:project", _built, "code"), ("province",)),
    Shot("sites", at("sites:index"), ("province", "county-officer")),
    Shot("site", row("sites:site", _lived_in, "code"), ("province",)),
    Shot("project-gaps", at("projects:gaps"), ("province",)),
    Shot("indicators", at("indicators:index"), ("province", "county")),
    Shot("plan-lines", at("plans:lines"), ("province", "county-finance")),
    Shot("plan-line", row("plans:line", _planned), ("county-finance",)),
    Shot("allocations", at("plans:allocations"), ("province", "county-finance")),
    Shot("allocation", row("plans:allocation", _allocated), ("province",)),
    Shot("plan-files", at("plans:files"), ("province",)),
    Shot("plan-file", row("plans:file", _given), ("province",)),
    Shot("plan-upload", at("plans:upload"), ("county-finance",)),
    Shot("annual", at("annual:plans"), ("province", "county-officer")),
    Shot("annual-plan", row("annual:plan", _adjusted, "pk"), ("province", "province-leader")),
    Shot("annual-compare", row("annual:compare", _adjusted, "pk"), ("province-leader",)),
    Shot("annual-task", row("annual:task", _told, "pk"), ("province",)),
    Shot("annual-waiting", at("annual:waiting"), ("province-leader",)),
    Shot("budgets", at("budgets:index"), ("province", "county-finance")),
    Shot("budget", row("budgets:budget", _office, "pk"), ("county-finance", "county-leader")),
    Shot("budget-line", row("budgets:line", _promised, "pk"), ("county-officer",)),
    Shot("expenses", at("budgets:expenses"), ("county-leader",)),
    Shot("expense", row("budgets:expense", _waiting, "pk"), ("county-leader",)),
    Shot("accounts", at("funds:accounts"), ("province", "county")),
    Shot("account", row("funds:account", _busiest), ("county", "county-finance")),
    Shot("account-file", at("funds:account_file"), ("county",)),
    Shot("account-record", row("funds:account_record", _busiest), ("county", "county-finance")),
    Shot("account-change", row("funds:account_change", _busiest), ("county",)),
    Shot("account-close", row("funds:account_close", _busiest), ("county",)),
    Shot("account-reveal", row("funds:account_reveal", _busiest), ("county",)),
    Shot("transactions", at("funds:transactions"), ("county", "province")),
    Shot("transaction", row("funds:transaction", _passed_on), ("county",)),
    Shot("inbox", at("funds:files"), ("county-finance", "province")),
    Shot("statement", row("funds:file", _arrived), ("county-finance",)),
    Shot("upload", at("funds:upload"), ("county-finance",)),
    Shot("banks", at("funds:banks"), ("province",)),
    Shot("desk", at("workflow:inbox"), ("county-officer", "province-leader")),
    Shot("desk-handled", at("workflow:handled"), ("county-officer",)),
    Shot("desk-started", at("workflow:started"), ("county-officer",)),
    Shot("desk-copies", at("workflow:copies"), ("county-officer",)),
    Shot("supervision", at("workflow:supervised"), ("province-leader",)),
    Shot("queue", at("workflow:queue"), ("province-leader",)),
    Shot("case", row("workflow:case", _moving), ("province-leader",)),
    Shot("opinion-sheet", row("workflow:sheet", _moving), ("province-leader",)),
    Shot("procedures", at("workflow:definitions"), ("sysadmin",)),
    Shot("procedure", edition_row("workflow:definition"), ("sysadmin",)),
    Shot("alerts", at("alerts:alerts"), ("province", "prefecture")),
    Shot("alert-late", row("alerts:alert", _alert("TRANSFER_LATE"), "number"), ("province",)),
    Shot("alert-idle", row("alerts:alert", _alert("IDLE_FUND"), "number"), ("province",)),
    Shot("rules", at("alerts:rules"), ("province",)),
    Shot("rule", at("alerts:rule", "IDLE_FUND"), ("province",)),
    Shot("audit", at("audit:events"), ("auditor",)),
    Shot("event", row("audit:event", _traced), ("auditor",)),
    Shot("agencies", at("accounts:agencies"), ("secadmin", "county")),
    Shot("agency", at("accounts:agency", "532300000000"), ("secadmin", "prefecture")),
    Shot("people", at("accounts:people"), ("secadmin",)),
    Shot("person", at("accounts:person", "county"), ("secadmin",)),
    Shot("open-account", at("accounts:open-account", COUNTY), ("secadmin",)),
    Shot("own-account", at("accounts:me"), ("county",)),
    Shot("own-password", at("account_change_password"), ("county",)),
    Shot("regions", at("regions:regions"), ("sysadmin",)),
    Shot("region", at("regions:region", "532300000000"), ("province",)),
    Shot("region-files", at("regions:files"), ("sysadmin",)),
    Shot("parameters", at("parameters:parameters"), ("sysadmin",)),
    Shot("parameter", row("parameters:parameter", _valued), ("sysadmin",)),
    Shot("calendar", at("calendar:year", 2026), ("county",)),
    Shot("calendar-notice", at("calendar:notice"), ("sysadmin",)),
    Shot("search", at("search:index", query="?q=元谋"), ("county",)),
    Shot("jobs", at("operations:jobs"), ("sysadmin",)),
    Shot("components", at("web:components"), ("sysadmin",)),
    Shot("not-found", at("funds:account", 999999999), ("county",)),
    Shot("not-allowed", at("audit:events"), ("county",)),
    Shot("login", at("account_login"), (NOBODY,)),
)
