"""What lies on the sample's desks: one procedure of three tiers, and requests at every stage of it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db import transaction

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import User
from anzhi.foundation.accounts.queries import actor_for
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow.bpmn.drawing import drawn
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.models import Case, Task
from anzhi.foundation.workflow.rules.plan import (
    PASS,
    REJECT,
    Assignee,
    Duty,
    Kind,
    Limit,
    Node,
    Plan,
    Result,
    Returns,
    Route,
)
from anzhi.foundation.workflow.services import acts, definitions
from anzhi.foundation.workflow.states import Act, TaskState

KEY = "qs3"  # 请示, three tiers
STEPS = (
    ("submit", "起草报送", "starter", Duty.SUBMIT),
    ("check", "县级审核", "leader@self", Duty.REVIEW),
    ("review", "州市初审", "officer@parent", Duty.REVIEW),
    ("decide", "省级审批", "leader@province", Duty.DECIDE),
)
PASSERS = ("county-leader", "prefecture-officer", "province-leader")
OPINIONS = ("情况属实，同意上报。", "材料齐全，拟同意，请省办审批。", "同意。请按程序办理。")
LACKING = ("排查现场照片", "专业单位签章")
# title, days before the sample's day, how many passed it; "back" is sent back by the prefecture, "no" is refused
REQUESTS: tuple[tuple[str, int, int | str], ...] = (
    ("关于调整元谋县安置点供水管线走向的请示", 26, 3),
    ("关于增列移民培训经费的请示", 19, "no"),
    ("关于元谋县后期扶持项目库更新的请示", 12, 2),
    ("关于延长安置点临时用地期限的请示", 9, 2),
    ("关于安置点地质灾害排查结果的报告", 7, "back"),
    ("关于变更监管账户开户网点的请示", 5, 1),
    ("关于移民档案数字化验收的请示", 3, 1),
    ("关于开展后期扶持人口动态核定的请示", 1, 0),
)


def procedure() -> Plan:
    """County drafts and checks, prefecture reviews, province decides; 20 working days, promised in 7."""
    people = [_step(at, *step) for at, step in enumerate(STEPS)]
    ends = (Node("end", "办结", Kind.END), Node("refused", "不予批准", Kind.END, result=Result.REJECTED))
    return Plan(
        KEY, "请示办理", "submit", (*people, *ends), statutory=Limit("20"), service=Limit("7"), tiers=("county",)
    )


def _step(at: int, code: str, name: str, assignee: str, duty: Duty) -> Node:
    to = STEPS[at + 1][0] if at + 1 < len(STEPS) else "end"
    routes = (Route(PASS, to), Route(REJECT, "refused")) if duty == Duty.DECIDE else (Route(PASS, to),)
    returns = Returns.NONE if duty == Duty.SUBMIT else Returns.ANY
    return Node(code, name, Kind.TASK, routes, duty=duty, assignee=Assignee.read(assignee), returns=returns)


def build(as_of: date, say: Callable[[str], None]) -> None:
    """The procedure published, and its requests on their way; nothing where it stands already."""
    with system_scope("sample"), transaction.atomic():
        plan = procedure()
        if definitions.ship(by=SYSTEM, plan=plan, xml=drawn(plan)) is None:
            return
    for number, (title, age, fate) in enumerate(REQUESTS):
        _walk(f"sample-{number}", title, as_of - timedelta(days=age), fate)
    say(f"{len(REQUESTS)} 件请示")


def _walk(key: str, title: str, day: date, fate: int | str) -> None:
    with clock.turned_to(day), system_scope("sample"):
        done = acts.start(by=_person("county-officer"), key=key, definition=KEY, title=title, facts={})
    passed = {"back": 1, "no": 2}.get(str(fate), fate)
    _pass(key, done.case, PASSERS[: int(passed)], day)
    with clock.turned_to(day + timedelta(days=1)), system_scope("sample"):
        if fate == "back":
            _act(f"{key}-back", done.case, "prefecture-officer", Act.RETURN, "请补充后再报。")
        if fate == "no":
            _act(f"{key}-no", done.case, "province-leader", Act.REJECT, "经费已在年度计划中安排，不再增列。")


def _pass(key: str, case: int, people: Sequence[str], day: date) -> None:
    for at, name in enumerate(people):
        with clock.turned_to(day + timedelta(days=at)), system_scope("sample"):
            _act(f"{key}-{at}", case, name, Act.PASS, OPINIONS[at])


def _act(key: str, case: int, name: str, act: Act, opinion: str) -> None:
    with transaction.atomic():
        task = Task.objects.get(case=Case.objects.get(pk=case), state=TaskState.OPEN)
    back = act == Act.RETURN
    said = Said(opinion=opinion, to="submit" if back else "", items=LACKING if back else ())
    acts.act(by=_person(name), act=act, key=key, task=task.pk, said=said)


def _person(username: str) -> Actor:
    return actor_for(User.objects.get(username=username))
