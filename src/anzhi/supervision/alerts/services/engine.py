"""The engine: raises an alert where a rule finds something, follows it, sees it go. Nobody inserts one by hand."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.search import services as search
from anzhi.supervision.alerts import explain, queries
from anzhi.supervision.alerts.finding import KIND
from anzhi.supervision.alerts.finding import found as as_found
from anzhi.supervision.alerts.findings import Finding, Touched, find, limits_of
from anzhi.supervision.alerts.models import Alert, LevelChange, RuleVersion
from anzhi.supervision.alerts.services.news import tell
from anzhi.supervision.alerts.states import State
from anzhi.supervision.alerts.types.base import RuleType
from anzhi.supervision.alerts.types.catalogue import TYPES

FOLLOWED = ["level", "gone_on", "amount", "days", "since", "facts", "limits", "checked_on", "state", "closed_at"]
FOLLOWED += ["closed_by", "version"]


@dataclass
class Turn:
    """An alert whose level became another; "" is no alert."""

    alert: Alert
    before: str
    after: str


@dataclass
class Outcome:
    """What a run did."""

    raised: list[Alert] = field(default_factory=list)
    turned: list[Turn] = field(default_factory=list)
    followed: list[Alert] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take another's in."""
        self.raised += other.raised
        self.turned += other.turned
        self.followed += other.followed


def run(*, as_of: date, touched: Touched | None = None, by: Actor = SYSTEM) -> Outcome:
    """Run every type of rule for a day, over everything or what was touched, inside the open transaction.

    Call it in system scope: results never depend on who asked. Repeating a run changes nothing.
    Each alert raised and each change of level is recorded and told live.
    """
    demand(by, Permission.RULE_PUBLISH)
    outcome = Outcome()
    for rule in TYPES.values():
        outcome.add(_run_one(rule, as_of, touched, by))
    return outcome


def _run_one(rule: RuleType, as_of: date, touched: Touched | None, by: Actor) -> Outcome:
    limits = limits_of(rule, as_of)
    found = {finding.subject: finding for finding in find(rule, limits, as_of, touched)}
    outcome = Outcome()
    version, known = queries.live_version(rule.code), queries.followed_by_subject(rule.code, touched)
    for subject, alert in known.items():
        _follow(alert, found.get(subject), limits, as_of, outcome)
    new = [finding for subject, finding in found.items() if subject not in known]
    again = queries.closed_lately(rule.code, [finding.subject for finding in new], _reopening(as_of)) if new else {}
    for finding in new:
        if closed := again.get(finding.subject):
            _reopen(closed, finding, limits, as_of, outcome)
    fresh = [finding for finding in new if finding.subject not in again]
    if fresh:
        outcome.raised = _raise(rule, version, limits, fresh, as_of)
    for alert in outcome.followed:
        alert.version = alert.version if alert.gone_on else version
    _store(outcome, as_of, by)
    return outcome


def _reopening(as_of: date) -> date:
    return as_of - timedelta(days=int(parameters.value("alert.reopen.days", on=as_of)))


def _raise(
    rule: RuleType, version: RuleVersion, limits: dict[str, Decimal], new: list[Finding], as_of: date
) -> list[Alert]:
    labels = queries.labels_of(new)
    numbers = queries.next_numbers(as_of, len(new))
    return [
        Alert(
            number=number,
            type=rule.code,
            version=version,
            subject=finding.subject,
            region_code=finding.region_code,
            agency_id=finding.agency_id,
            account_id=finding.facts.get("account_id"),
            allocation_id=finding.facts.get("allocation_id"),
            level=finding.level,
            amount=finding.amount,
            days=finding.days,
            since=finding.since,
            facts=finding.facts | labels[finding.subject],
            limits=_texts(limits),
            raised_on=as_of,
            raised_at=clock.now(),
            checked_on=as_of,
        )
        for number, finding in zip(numbers, new, strict=True)
    ]


def _texts(limits: dict[str, Decimal]) -> dict[str, str]:
    return {name: str(value) for name, value in limits.items()}


def _follow(alert: Alert, finding: Finding | None, limits: dict[str, Decimal], as_of: date, outcome: Outcome) -> None:
    """Bring a known alert to what the rule says now. One marked as false positive is only watched to its end."""
    if finding is None:
        if alert.gone_on is None:
            alert.gone_on = as_of
            outcome.followed.append(alert)
            outcome.turned.append(Turn(alert, alert.level, ""))
        return
    before = "" if alert.gone_on else alert.level
    if alert.closed_at or (before, alert.amount, alert.days) == (finding.level, finding.amount, finding.days):
        return
    _take(alert, finding, limits, as_of)
    outcome.followed.append(alert)
    if before != alert.level:
        outcome.turned.append(Turn(alert, before, alert.level))


def _reopen(alert: Alert, finding: Finding, limits: dict[str, Decimal], as_of: date, outcome: Outcome) -> None:
    """The same thing again within the days that count as one episode."""
    _take(alert, finding, limits, as_of)
    alert.state, alert.closed_at, alert.closed_by = State.RAISED, None, ""
    outcome.followed.append(alert)
    outcome.turned.append(Turn(alert, "", alert.level))


def _take(alert: Alert, finding: Finding, limits: dict[str, Decimal], as_of: date) -> None:
    alert.level, alert.amount, alert.days, alert.since = finding.level, finding.amount, finding.days, finding.since
    alert.facts, alert.limits = alert.facts | finding.facts, _texts(limits)
    alert.gone_on, alert.checked_on = None, as_of


def _store(outcome: Outcome, as_of: date, by: Actor) -> None:
    Alert.objects.bulk_create(outcome.raised)
    Alert.objects.bulk_update(outcome.followed, FOLLOWED, batch_size=500)
    turns = [Turn(alert, "", alert.level) for alert in outcome.raised] + outcome.turned
    LevelChange.objects.bulk_create(
        LevelChange(
            alert=turn.alert,
            region_code=turn.alert.region_code,
            on=as_of,
            at=clock.now(),
            before=turn.before,
            after=turn.after,
            facts=turn.alert.facts,
        )
        for turn in turns
    )
    search.index(KIND, [as_found(turn.alert) for turn in turns])
    for alert in outcome.raised:
        with audit.action("alert.raised", by=by, on=alert, level=alert.level, sentence=explain.headline(alert)):
            tell(alert, "raised")
    for turn in outcome.turned:
        with audit.action("alert.turned", by=by, on=turn.alert, before=turn.before, after=turn.after):
            tell(turn.alert, "turned" if turn.after else "gone")
