"""Why me, why this step, why this deadline: the rule kept on a task, in sentences of the reader's language."""

from typing import Any

from django.utils.translation import gettext as _

from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.access.sentences import role_name as role_said
from anzhi.foundation.calendar.drawing import length
from anzhi.foundation.calendar.rules import Unit
from anzhi.foundation.workflow import registry
from anzhi.foundation.workflow.engine.plans import plan_of
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.rules.plan import PASS, REJECT, Plan
from anzhi.foundation.workflow.states import Side


def why_me(task: Task) -> str:
    """How the task came to this person or role."""
    told = {"agency": "", **task.why.get("me", {})}
    rule = told.get("rule", "")
    told["name"] = role_name(told.get("role", ""))
    sentences = {
        "starter": _("You began this case."),
        "added": _("%(by)s added you as a signer: %(side)s."),
        "transfer": _("%(by)s handed it on to you."),
        "assign": _("%(by)s assigned it to you from the queue."),
        "hand_over": _("The desk of %(before)s was handed over to you."),
        "taken_back": _("A hand-over was taken back."),
        "intervened": _("An intervention of two people gave it to you."),
        "withdrawn": _("You took it back."),
    }
    if "side" in told:
        told["side"] = Side(told["side"]).label
    if rule in sentences:
        return str(sentences[rule]) % told
    if told.get("department"):
        return _("The step goes to %(name)s, %(department)s, at %(agency)s.") % told
    return _("The step goes to %(name)s at %(agency)s.") % told


def why_step(task: Task) -> list[str]:
    """What led to the step, one sentence each."""
    plan = plan_of(task.case.definition)
    return [said for reason in task.why.get("step") or [] if (said := _led(plan, reason))]


def why_due(task: Task) -> str:
    """What the deadline rests on; nothing where the step has none."""
    found = task.why.get("due") or []
    if not found:
        return ""
    told = found[0]
    days = length(told["limit"], Unit(told["unit"]))
    if told.get("basis"):
        return _("%(days)s from the day it reached the step, by the parameter %(basis)s.") % {**told, "days": days}
    return _("%(days)s from the day it reached the step, by the definition.") % {"days": days}


def role_name(code: str) -> str:
    """A role as people call it; its code where it is gone."""
    return role_said(code) if code in ROLES else code


def _led(plan: Plan, reason: dict[str, Any]) -> str:
    if "from" in reason:
        told = {"step": _name(plan, reason["from"]), "outcome": _outcome(plan, reason)}
        return _("“%(step)s” ended with: %(outcome)s.") % told
    if "jumped" in reason:
        return _("It was completed at “%(step)s” and comes straight back.") % {"step": _name(plan, reason["jumped"])}
    if "choice" in reason:
        if not reason["when"]:
            return _("None of the conditions at “%(step)s” holds.") % {"step": _name(plan, reason["choice"])}
        label = registry.conditions().get(reason["when"], reason["when"])
        return _("The condition holds: %(label)s.") % {"label": label}
    if "table" in reason:
        told = {"step": _name(plan, reason["table"]), "row": reason["row"]}
        return _("Line %(row)s of the decision table “%(step)s” fits.") % told
    if "moved" in reason:
        return _("Two people moved it here: %(reason)s.") % {"reason": reason["moved"]}
    return ""


def _name(plan: Plan, code: str) -> str:
    return (plan[code].name or code) if code in plan else code


def _outcome(plan: Plan, reason: dict[str, Any]) -> str:
    words = {PASS: _("passed"), REJECT: _("not approved"), "return": _("sent back")}
    code, outcome = reason["from"], reason.get("outcome", "")
    route = plan[code].route(outcome) if code in plan else None
    return (route.name if route and route.name else "") or words.get(outcome, outcome)
