"""The list of parameters, and its filters."""

from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.parameters.models import RuleParameter, Tag
from anzhi.foundation.web import places
from anzhi.foundation.web.columns import Column, Date, Link, State, Text
from anzhi.foundation.web.filters import Choice, Filters, Search
from anzhi.foundation.web.tables import Table

GROUPS = {
    "idle_fund": _("Idle funds"),
    "transfer_late": _("Late transfers"),
    "exec_deviation": _("Deviation from plan"),
    "large_payment": _("Large payments"),
    "payee_purpose": _("Payee and purpose"),
    "frequent_txn": _("Frequent transactions"),
    "feed_gap": _("Bank data gaps"),
    "account_anomaly": _("Account anomalies"),
    "alert": _("Life of an alert"),
    "match": _("Matching"),
    "allocation": _("Passing money on"),
    "project": _("Project data"),
    "clock": _("Time limits"),
    "petition": _("Petitions"),
    "calendar": _("Office hours"),
    "password": _("Passwords"),
    "session": _("Sessions"),
    "login": _("Log-in"),
    "audit": _("Audit trail"),
}
KINDS = {Tag.LAW: "done", Tag.ARTICLE: "done", Tag.SOURCE: "run", Tag.KNOWN: "run", Tag.ASSUMED: "wait"}


def area(row: RuleParameter) -> str:
    """Where a value holds."""
    return places.name_of(row.scope.ljust(12, "0")) if row.scope else _now("everywhere")


class Group(Choice):
    """Parameters that begin with one word."""

    def apply(self, rows: QuerySet[RuleParameter], value: str) -> QuerySet[RuleParameter]:
        """By the beginning of the code."""
        return rows.filter(Q(code__startswith=f"{value}."))


class Value(Column):
    """A number with its unit, or a text."""

    css = "az-num"
    phone = "amount"

    def sheet(self, row: RuleParameter) -> object:
        """A number stays a number."""
        return row.text if row.value is None else Decimal(row.holds)


class Unit(Column):
    """Never broken over two lines."""

    css = "az-nowrap"


class ParameterFilters(Filters):
    """What about, how sure, by name."""

    group = Group(_("About"), choices=lambda: list(GROUPS.items()))
    tag = Choice(_("How sure"), choices=Tag.choices)
    q = Search(
        _("Name"), lookups=("name__icontains", "name_en__icontains", "code__icontains", "legal_basis__icontains")
    )


class ParameterTable(Table):
    """By code, so that what belongs together stands together."""

    order = "code"
    name = Link(_("Parameter"), "label", url="parameters:parameter", sort="code")
    figure = Value(_("Value"), "figure")
    unit = Unit(_("Unit"), "unit", phone="hide")
    scope = Text(_("Holds in"), area)
    valid_from = Date(_("Holds from"), sort="valid_from")
    basis = Text(_("Legal basis"), "legal_basis")
    tag = State(_("How sure"), kinds=KINDS, sort="tag")
