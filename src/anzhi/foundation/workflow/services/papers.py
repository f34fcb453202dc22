"""Documents of a case, under the names by which its steps ask for them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.door import action
from anzhi.foundation.files import services as files
from anzhi.foundation.workflow.engine import door, persons
from anzhi.foundation.workflow.engine.refusals import not_live
from anzhi.foundation.workflow.models import Attachment, Case, Task
from anzhi.foundation.workflow.states import LIVE, TaskState


def attach(*, by: Actor, case: Case, name: str, filename: str, chunks: Iterable[bytes]) -> Attachment:
    """Add a document; by who began the case or has a task in it. Raises FileRefused."""
    demand(by, Permission.CASE_ACT)
    name = name.strip()
    if not name or len(name) > 80:
        raise ValidationError({"name": _("Say which document this is, in at most 80 characters.")})
    with door.wide(by):
        work = door.work_on(door.locked_by(None, case.pk), by)
        if work.case.state not in LIVE:
            raise not_live(work.case)
        tasks = Task.objects.filter(case=work.case, state=TaskState.OPEN).select_related("case")
        if work.case.starter_id != by.id and not any(persons.is_mine(by, one, work.now) for one in tasks):
            raise Denied(_("Who began the case, or has a task in it, adds documents."))
        region = work.case.region_code if work.case.region_code.startswith(by.prefix) else by.region_code
        with action("case.attach", by=by, on=work.case, document=name):
            link = files.store_document(
                by=by,
                owner=work.case,
                permission=Permission.CASE_VIEW,
                name=filename,
                chunks=chunks,
                region_code=region,
            )
            return Attachment.objects.create(
                case=work.case,
                region_code=work.case.region_code,
                name=name,
                file=link,
                added_at=work.now,
                added_by=by.label,
            )
