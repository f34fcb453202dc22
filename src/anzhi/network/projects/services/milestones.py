"""Milestones under the guards of Decree 471, and the evidence of a project."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.files import services as files
from anzhi.foundation.files.models import FileLink
from anzhi.foundation.parameters import clock
from anzhi.network.projects import queries
from anzhi.network.projects.models import Milestone, Project
from anzhi.network.projects.rules import out_of_order
from anzhi.network.projects.states import BUILT_BY, GUARDS, ORDER, REACHED, Build, Stage, Step, View

RISING = list(Build.values)


def set_milestone(
    *, by: Actor, project: Project, step: str, on: date, document: str = "", reason: str = ""
) -> Milestone:
    """Set or correct the day of a milestone. Raises ValidationError where a guard or the order forbids it.

    For a built project whose early papers are lost, a `reason` stands in for a missing predecessor, and is kept.
    """
    gate.demand(by, Permission.PROJECT_EDIT, on=project)
    known = queries.days_of(project)
    waived = _judge(project, Step(step), on, known, reason.strip())
    before = known.get(step)
    with audit.action("project.milestone_set", by=by, on=project, step=step, day=on, before=before, document=document):
        milestone, _made = Milestone.objects.update_or_create(
            project=project,
            step=step,
            defaults={
                "on": on,
                "document": document.strip(),
                "reason": waived,
                "region_code": project.region_code,
            },
        )
        _advance(project, Step(step))
    return milestone


def remove_milestone(*, by: Actor, milestone: Milestone, reason: str) -> None:
    """Take back a milestone entered by mistake, for a reason; one that others rest on stays. Raises ValidationError."""
    project = milestone.project
    gate.demand(by, Permission.PROJECT_EDIT, on=project)
    if not reason.strip():
        raise ValidationError({"reason": _("State the reason.")})
    resting = [step for step, guard in GUARDS.items() if guard.needs == milestone.step]
    held = [step for step in resting if step in queries.days_of(project)]
    if held:
        raise ValidationError(_("“%(step)s” rests on it."), params={"step": Step(held[0]).label})
    with audit.action(
        "project.milestone_removed", by=by, on=project, step=milestone.step, day=milestone.on, reason=reason.strip()
    ):
        milestone.delete()


def add_photo(*, by: Actor, project: Project, view: str, name: str, chunks: Iterable[bytes]) -> FileLink:
    """A picture of the present state, from one of the fixed viewpoints. Leaves `file.added`."""
    gate.demand(by, Permission.PROJECT_EDIT, on=project)
    return files.store_photo(
        by=by, owner=project, permission=Permission.PROJECT_VIEW, name=name, chunks=chunks, viewpoint=View(view).value
    )


def add_document(*, by: Actor, milestone: Milestone, name: str, chunks: Iterable[bytes]) -> FileLink:
    """The paper behind a milestone. Leaves `file.added`."""
    gate.demand(by, Permission.PROJECT_EDIT, on=milestone)
    return files.store_document(by=by, owner=milestone, permission=Permission.PROJECT_VIEW, name=name, chunks=chunks)


def _judge(project: Project, step: Step, on: date, known: dict[str, date], reason: str) -> str:
    """Raise for a broken guard or order; the reason that stood in for a guard, else ''."""
    if on > clock.today():
        raise ValidationError({"on": _("A milestone is a fact; this day has not come yet.")})
    other = out_of_order(ORDER, known, step, on)
    if other:
        facts = {"step": Step(other).label, "day": known[other]}
        raise ValidationError({"on": _("“%(step)s” stands on %(day)s: the order of days is broken.") % facts})
    guard = GUARDS.get(step)
    if guard is None or guard.needs in known:
        return ""
    if project.build == Build.BUILT and len(reason) >= 4:
        return reason
    facts = {"why": guard.why, "step": guard.needs.label, "article": guard.article}
    raise ValidationError(
        _("%(why)s “%(step)s” is not recorded yet (Decree 471, article %(article)s).") % facts, code="guard"
    )


def _advance(project: Project, step: Step) -> None:
    """Stage and state of the works follow a milestone, and never go back by one."""
    stages = list(Stage.values)
    reached = REACHED[step]
    if not project.stage or stages.index(project.stage) < stages.index(reached):
        project.stage = reached
    build = BUILT_BY.get(step)
    if build and RISING.index(project.build) < RISING.index(build):
        project.build = build
    project.save(update_fields=["stage", "build"])
