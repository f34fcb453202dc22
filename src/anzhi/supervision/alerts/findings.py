"""Running a rule: its SQL on the open connection, under whatever scope holds, as findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from anzhi.foundation.money.field import to_yuan
from anzhi.foundation.parameters import queries as parameters
from anzhi.supervision.alerts.types.base import RuleType, compile_rule
from anzhi.supervision.alerts.types.catalogue import TYPES

SUBJECT = ("subject", "region_code", "level", "agency_id")


@dataclass(frozen=True)
class Touched:
    """What an import or a change has touched: only subjects of these are looked at again."""

    accounts: tuple[int, ...] = ()
    agencies: tuple[int, ...] = ()

    def ids(self, rule: RuleType) -> list[int]:
        """The ids that narrow this type of rule."""
        return list(self.accounts if rule.code == "IDLE_FUND" else self.agencies)


@dataclass(frozen=True)
class Finding:
    """One row a rule gave: what, where, how bad, and the facts (fen, days, ids, ISO dates)."""

    subject: str
    region_code: str
    level: str
    agency_id: int
    amount: Decimal
    days: int
    since: date
    facts: dict[str, Any]


def limits_of(rule: RuleType, as_of: date) -> dict[str, Decimal]:
    """The limits that hold on a day, by the names the rule uses. Raises Unset when one is missing."""
    settings = parameters.settings_on(as_of, f"{rule.code.lower()}.")
    return {parameter.name: settings.value(parameter.code) for parameter in rule.parameters}


def find(rule: RuleType, limits: Mapping[str, Decimal], as_of: date, touched: Touched | None = None) -> list[Finding]:
    """All findings of a rule on a day, or only those of what was touched."""
    ids = touched.ids(rule) if touched else []
    if touched and not ids:
        return []
    sql = compile_rule(rule, limits, as_of, touched=bool(touched), engine="postgres")
    with connection.cursor() as cursor:
        cursor.execute(sql, _arguments(sql, ids) if touched else None)
        names = [column.name for column in cursor.description]
        return [_finding(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def make_ready(as_of: date) -> None:
    """Compile what the runs of a day ask: compiling the first rule of a process takes longer than an import."""
    for rule in TYPES.values():
        for touched in (True, False):
            compile_rule(rule, limits_of(rule, as_of), as_of, touched=touched, engine="postgres")


def _arguments(sql: str, ids: Sequence[int]) -> list[Any]:
    return [ids] * sql.count("%s")


def _finding(row: dict[str, Any]) -> Finding:
    facts = {name: _plain(value) for name, value in row.items() if name not in SUBJECT}
    return Finding(
        subject=row["subject"],
        region_code=row["region_code"],
        level=row["level"],
        agency_id=row["agency_id"],
        amount=to_yuan(row["fen"] or row.get("missing", 0)),
        days=row["days"],
        since=row["since"],
        facts=facts,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, Decimal) else value
