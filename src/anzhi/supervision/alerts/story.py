"""An alert as its page tells it: six steps of life, what was done, what may be done and why not."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.context import Scope
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters import queries as parameters
from anzhi.supervision.alerts import explain, queries
from anzhi.supervision.alerts.findings import limits_of
from anzhi.supervision.alerts.models import Alert, RuleVersion
from anzhi.supervision.alerts.services import acts
from anzhi.supervision.alerts.states import Act, Level
from anzhi.supervision.alerts.types.base import Parameter, RuleType, Unit
from anzhi.supervision.alerts.types.catalogue import TYPES

ICONS = {
    Act.ACKNOWLEDGE: "check",
    Act.CALL: "phone",
    Act.EXPLAIN: "message-2",
    Act.RECTIFY: "clipboard-check",
    Act.VERIFY: "eye-check",
    Act.CLOSE: "circle-check",
    Act.DISMISS: "circle-x",
}
MAIN = {"raised": Act.ACKNOWLEDGE, "acknowledged": Act.EXPLAIN, "explained": Act.VERIFY, "rectifying": Act.VERIFY}
MAIN |= {"verified": Act.CLOSE}


@dataclass(frozen=True)
class Step:
    """One of the six steps: its word, when or under what condition, and whether it is done or now."""

    label: str
    note: Any
    kind: str
    at: datetime | None = None


@dataclass(frozen=True)
class Offer:
    """An act offered on the page; with a reason it stands greyed."""

    label: Any
    url: str
    icon: str
    kind: str
    reason: str


def life(alert: Alert) -> list[Step]:
    """已触发 → 已签收 → 已说明/整改中 → 核验 → 条件消除 → 销号."""
    first: dict[str, datetime] = {}
    for action in alert.actions.all():
        first.setdefault(action.act, action.at)
    handled = first.get(Act.EXPLAIN) or first.get(Act.RECTIFY)
    at = [alert.raised_at, first.get(Act.ACKNOWLEDGE), handled, first.get(Act.VERIFY), None, alert.closed_at]
    done = [time is not None for time in at]
    done[4] = alert.gone_on is not None
    now = done.index(False) if False in done else -1
    labels = [_("Raised"), _("Acknowledged"), _("Explained"), _("Verified"), _("Condition over"), _("Closed out")]
    closing = _("by the province") if alert.level == Level.RED else _("by another person")
    notes = ["", "", "", _("two times"), alert.gone_on or _("money must move"), closing]
    return [
        Step(label, note, "d" if done[i] else "c" if i == now else "", time)
        for i, (label, note, time) in enumerate(zip(labels, notes, at, strict=True))
    ]


def steps(alert: Alert) -> list[dict[str, Any]]:
    """The trail, newest first: people's acts and the rule's own changes."""
    told = [
        {
            "kind": "done",
            "title": action.get_act_display(),
            "who": f"{action.by_agency} {action.by_name}",
            "at": action.at,
            "said": action.note,
        }
        for action in alert.actions.all()
    ]
    told += [_turn(change) for change in alert.changes.all()]
    return sorted(told, key=lambda step: step["at"], reverse=True)


def _turn(change: Any) -> dict[str, Any]:
    if not change.after:
        title, kind = _("Condition over"), "done"
    else:
        title = _("%(level)s alert raised") if not change.before else _("Level became %(level)s")
        title, kind = title % {"level": Level(change.after).label}, "bad"
    return {"kind": kind, "title": title, "who": _("System"), "at": change.at, "said": ""}


def offers(alert: Alert, actor: Actor) -> list[Offer]:
    """Every act with the reason where it may not be done; nothing once the alert has ended."""
    if not alert.open:
        return []
    return [_offer(alert, actor, act) for act in Act]


def _offer(alert: Alert, actor: Actor, act: Act) -> Offer:
    answer = acts.allowed(by=actor, alert=alert, act=act)
    kind = "bad" if act == Act.DISMISS else "main" if MAIN.get(alert.state) == act and answer else ""
    url = reverse(f"alerts:act-{act.value}", args=[alert.number])
    return Offer(act.label, url, ICONS[act], kind, answer.reason)


# ---- rules

SENTENCES = {
    "IDLE_FUND": gettext_lazy(
        "Money of an allocation arrived and less than the share below was spent. Debits use up what came in first, "
        "first. Age runs to the last day the statements cover: a dead feed is never called idle."
    ),
    "TRANSFER_LATE": gettext_lazy(
        "An office was to pass money on by a date and the bank rows do not show it arrived. Allocations of one "
        "document, sender and kind of money count together; what arrived is summed from the matched bank rows."
    ),
}


@dataclass(frozen=True)
class Limit:
    """A limit of a rule as it is read."""

    label: str
    value: str
    code: str
    basis: str


def shown(parameter: Parameter, value: Decimal) -> str:
    """A limit in words of its unit."""
    if parameter.unit == Unit.YUAN:
        return explain.money(value)
    return f"{value * 100:.0f}%" if parameter.unit == Unit.SHARE else _("%(n)s days") % {"n": f"{value:.0f}"}


def bands(rule: RuleType) -> list[tuple[str, list[Limit]]]:
    """Limits by level, what holds for all levels last."""
    rows = {row.code: row for row in parameters.current(clock.today()).filter(code__startswith=f"{rule.code.lower()}.")}
    groups: dict[str, list[Limit]] = {"red": [], "yellow": [], "blue": [], "all": []}
    for parameter in rule.parameters:
        row = rows[parameter.code]
        value = "—" if row.value is None else shown(parameter, row.value)
        groups[parameter.level].append(Limit(parameter.label, value, parameter.code, row.legal_basis))
    return [(level, limits) for level, limits in groups.items() if limits]


def rules(scope: Scope) -> list[dict[str, Any]]:
    """Every type with its live version, limits and open alerts by level."""
    live: dict[str, RuleVersion] = {version.type: version for version in queries.live_versions()}
    return [
        {
            "type": rule,
            "version": live[code],
            "bands": bands(rule),
            "counts": queries.counts_of_type(scope, code),
        }
        for code, rule in TYPES.items()
    ]


def drafted(rule: RuleType) -> dict[str, Decimal] | None:
    """The limits of the draft that waits."""
    draft = queries.draft_of(rule.code)
    return {name: Decimal(value) for name, value in draft.limits.items()} if draft else None


def changes(rule: RuleType, draft: RuleVersion) -> list[dict[str, str]]:
    """What a draft changes: limit, before, after."""
    live = limits_of(rule, clock.today())
    return [
        {"label": p.label, "before": shown(p, live[p.name]), "after": shown(p, Decimal(draft.limits[p.name]))}
        for p in rule.parameters
        if Decimal(draft.limits[p.name]) != live[p.name]
    ]
