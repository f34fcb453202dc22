"""Versions of rules."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.supervision.alerts.models import RuleVersion
from anzhi.supervision.alerts.types.base import RuleType
from anzhi.supervision.alerts.types.catalogue import TYPES


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
