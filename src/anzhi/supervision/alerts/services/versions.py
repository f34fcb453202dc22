"""Versions of rules."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Answer, Denied, demand, may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.jobs import services as jobs
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters import services as parameters
from anzhi.supervision.alerts import queries
from anzhi.supervision.alerts.findings import limits_of
from anzhi.supervision.alerts.models import RuleVersion
from anzhi.supervision.alerts.types.base import RuleType
from anzhi.supervision.alerts.types.catalogue import TYPES

PROVINCE = 2  # digits of its prefix
PROVINCIAL = gettext_lazy("Rules are the same for the whole province; the province changes them.")


def draft(*, code: str, limits: Mapping[str, Decimal], note: str, by: Actor) -> RuleVersion:
    """Write down new limits for a rule; they change nothing until another person publishes them.

    There is one draft of a type: whoever writes it again has drafted it. Raises ValidationError where nothing is new.
    """
    demand(by, Permission.RULE_EDIT)
    _of_the_province(by)
    rule, today = TYPES[code], clock.today()
    if dict(limits) == limits_of(rule, today):
        raise ValidationError(_("These are the limits in force; nothing would change."))
    version = queries.draft_of(code) or RuleVersion(type=code, number=queries.last_number(code) + 1, valid_from=today)
    version.limits = {name: str(value) for name, value in limits.items()}
    version.note, version.drafted_by, version.drafted_by_id = note, by.label, by.id
    with audit.action("rule.drafted", by=by, on=version, number=version.number, note=note):
        version.save()
    return version


def may_publish(version: RuleVersion, by: Actor) -> Answer:
    """Whether this person may publish a draft, with the reason of a no."""
    if not (answer := may(by, Permission.RULE_PUBLISH)):
        return answer
    if len(by.prefix) > PROVINCE:
        return Answer(False, str(PROVINCIAL))
    if by.id is None or by.id == version.drafted_by_id:
        return Answer(False, _("Another person must publish what you drafted."))
    return Answer(True)


def publish(*, code: str, by: Actor) -> RuleVersion:
    """Put the draft in force from today: parameters and version change together; the rules look again in a job."""
    demand(by, Permission.RULE_PUBLISH)
    version = queries.draft_of(code, lock=True)
    if version is None:
        raise ValidationError(_("There is no draft to publish."))
    if not (answer := may_publish(version, by)):
        raise Denied(answer.reason)
    with audit.action("rule.published", by=by, on=version, number=version.number, note=version.note) as facts:
        facts["changed"] = _set(version, by)
        RuleVersion.objects.filter(type=code, live=True).update(live=False)
        version.live, version.valid_from, version.published_at = True, clock.today(), clock.now()
        version.published_by, version.published_by_id = by.label, by.id
        version.save()
        jobs.enqueue("alerts.run", dedupe="alerts.run:published")
    return version


def _set(version: RuleVersion, by: Actor) -> list[str]:
    """Write the limits that are new as parameters; publishing a rule carries the right to set what it limits."""
    rule, today = TYPES[version.type], clock.today()
    setter = replace(by, permissions=by.permissions | {Permission.PARAMETER_EDIT})
    rows, live = queries.parameters_of(rule, today), limits_of(rule, today)
    changed = []
    for parameter in rule.parameters:
        value = Decimal(version.limits[parameter.name])
        if value == live[parameter.name]:
            continue
        row = rows[parameter.code]
        parameters.set_value(
            by=setter, parameter=row, value=value, valid_from=today, legal_basis=row.legal_basis, note=version.note
        )
        changed.append(parameter.code)
    return changed


def _of_the_province(by: Actor) -> None:
    if len(by.prefix) > PROVINCE:
        raise Denied(str(PROVINCIAL))


def seed(*, by: Actor, types: Iterable[RuleType] = TYPES.values()) -> int:
    """The first version of each type, naming the parameters it reads; returns how many were missing."""
    demand(by, Permission.RULE_PUBLISH)
    made = 0
    for rule in types:
        if RuleVersion.objects.filter(type=rule.code).exists():
            continue
        version = RuleVersion(
            type=rule.code,
            number=1,
            limits={parameter.name: parameter.code for parameter in rule.parameters},
            valid_from=date(2021, 9, 1),
            drafted_by=by.label,
            published_at=timezone.now(),
            published_by=by.label,
            live=True,
        )
        with audit.action("rule.published", by=by, on=version, number=1):
            version.save()
        made += 1
    return made
