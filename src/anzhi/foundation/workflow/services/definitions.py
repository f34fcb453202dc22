"""Writes of definitions: drafted, sent to review, published by a second person, taken out of use."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.door import action
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow import publishing
from anzhi.foundation.workflow.bpmn.compiler import compiled
from anzhi.foundation.workflow.bpmn.flaws import Unrunnable
from anzhi.foundation.workflow.engine import plans
from anzhi.foundation.workflow.models import Definition
from anzhi.foundation.workflow.rules.plan import Plan, head_of
from anzhi.foundation.workflow.states import Edition


def draft(*, by: Actor, xml: bytes, note: str = "", definition: Definition | None = None) -> Definition:
    """Take a drawing as a new draft, or in place of one's own draft. Raises Unrunnable with every flaw."""
    demand(by, Permission.DEFINITION_EDIT)
    plan = compiled(xml, publishing.known(), publishing.most())
    if definition is not None and definition.state != Edition.DRAFT:
        raise Denied(_("Only a draft changes; begin a new one."))
    if definition is not None and definition.key != plan.key:
        raise ValidationError(_("The drawing belongs to another procedure: “%(key)s”.") % {"key": plan.key})
    row = definition or Definition(key=plan.key, version=_next(plan.key))
    row.name, row.note, row.head = plan.name, note, head_of(plan)
    row.xml, row.sha256 = xml.decode("utf-8"), hashlib.sha256(xml).hexdigest()
    row.drafted_at, row.drafted_by, row.drafter_id = clock.now(), by.label, by.id
    with action("definition.draft", by=by, on=row, key=row.key, version=row.version, sha256=row.sha256, note=note):
        row.save()
        plans.written(row, plan)
    return row


def send_to_review(*, by: Actor, definition: Definition) -> Definition:
    """Close a draft for another person to look at; names of what is registered are checked once more."""
    demand(by, Permission.DEFINITION_EDIT)
    with transaction.atomic():
        row = _locked(definition, Edition.DRAFT)
        compiled(row.xml.encode(), publishing.known(), publishing.most())
        with action("definition.review", by=by, on=row, sha256=row.sha256):
            row.state = Edition.REVIEW
            row.save(update_fields=["state"])
    return row


def send_back(*, by: Actor, definition: Definition, reason: str) -> Definition:
    """Make it a draft again, with the reason."""
    demand(by, Permission.DEFINITION_PUBLISH)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    with transaction.atomic():
        row = _locked(definition, Edition.REVIEW)
        with action("definition.back", by=by, on=row, reason=reason):
            row.state = Edition.DRAFT
            row.save(update_fields=["state"])
    return row


def publish(*, by: Actor, definition: Definition, accept_holes: bool = False) -> Definition:
    """Put it into force for new cases; running ones keep their edition. Holes in offices must be accepted."""
    demand(by, Permission.DEFINITION_PUBLISH)
    with transaction.atomic():
        row = _locked(definition, Edition.REVIEW)
        if by.id is not None and row.drafter_id == by.id:
            raise Denied(_("Another person must publish what you drafted."))
        plan = plans.read(row)
        flaws = publishing.flaws(plan)
        if flaws:
            raise Unrunnable(flaws)
        row.holes = [hole.told() for hole in publishing.holes(plan)]
        if row.holes and not accept_holes:
            raise ValidationError(
                _("At %(count)s offices nobody would be found. Look at the list and accept it, or fill the posts.")
                % {"count": len({hole["agency"] for hole in row.holes})}
            )
        with action("definition.publish", by=by, on=row, sha256=row.sha256, holes=len(row.holes)):
            _retire(row.key)
            row.state, row.published_at = Edition.PUBLISHED, clock.now()
            row.published_by, row.publisher_id = by.label, by.id
            row.save(update_fields=["state", "published_at", "published_by", "publisher_id", "holes"])
    return row


def retire(*, by: Actor, definition: Definition, reason: str) -> Definition:
    """Take a procedure out of use: no new cases; running ones go on."""
    demand(by, Permission.DEFINITION_PUBLISH)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    with transaction.atomic():
        row = _locked(definition, Edition.PUBLISHED)
        with action("definition.retire", by=by, on=row, reason=reason):
            row.state, row.retired_at = Edition.RETIRED, clock.now()
            row.save(update_fields=["state", "retired_at"])
    return row


def ship(*, by: Actor, plan: Plan, xml: bytes) -> Definition | None:
    """Publish a definition that comes with the software, when its key has none yet; for reference loaders."""
    demand(by, Permission.DEFINITION_PUBLISH)
    if Definition.objects.filter(key=plan.key).exists():
        return None
    with transaction.atomic():
        row = draft(by=by, xml=xml, note=_("Comes with the software"))
        with action("definition.ship", by=by, on=row, sha256=row.sha256):
            row.drafter_id = None
            row.state, row.published_at = Edition.PUBLISHED, clock.now()
            row.published_by = by.label
            row.save(update_fields=["state", "published_at", "published_by"])
    return row


def _next(key: str) -> int:
    return (Definition.objects.filter(key=key).aggregate(last=Max("version"))["last"] or 0) + 1


def _locked(definition: Definition, state: Edition) -> Definition:
    row = Definition.objects.select_for_update().get(pk=definition.pk)
    if row.state != state:
        told = {"state": Edition(row.state).label}
        raise Denied(_("The definition is “%(state)s”; this cannot be done with it.") % told)
    return row


def _retire(key: str) -> None:
    Definition.objects.filter(key=key, state=Edition.PUBLISHED).update(state=Edition.RETIRED, retired_at=clock.now())
