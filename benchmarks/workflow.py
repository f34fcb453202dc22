"""`bench workflow`: what an act costs beside the bare SQL of the same rows, a long case, an inbox, a publication."""

import statistics
import time
from collections.abc import Callable

import psycopg
from django.db import connection, transaction
from tests.harness.people import user_at

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.backend.base import BIND
from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.accounts.queries import actor_for
from anzhi.foundation.workflow import publishing, queries
from anzhi.foundation.workflow.bpmn.drawing import drawn
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.rules.plan import PASS, Assignee, Duty, Kind, Limit, Node, Plan, Returns, Route
from anzhi.foundation.workflow.services import acts, definitions
from anzhi.foundation.workflow.states import Act
from benchmarks import scratch, workflow_sql
from benchmarks.figures import Figure
from benchmarks.meters import Meter

KEYS = ("act", "deep", "inbox", "publish")
ACTS, OPEN, DEEP, LOOKS = 600, 20_000, 10_000, 50
COUNTY, PREFECTURE = "532328", "5323"


def run(scale: float) -> list[Figure]:
    """Four measurements in a database of their own."""
    with scratch.database() as name, scratch.bare(name, "app") as bare, scratch.bare(name) as owner:
        with system_scope(), transaction.atomic():
            people = world()
        return [
            act(people, bare, max(20, round(ACTS * scale))),
            deep(people, owner, max(20, round(ACTS * scale / 4)), max(100, round(DEEP * scale))),
            inbox(people, owner, max(100, round(OPEN * scale))),
            publication(),
        ]


def world() -> dict[str, Actor]:
    """A procedure of three tiers, and who acts in it."""
    roles = {"starter": ("officer", COUNTY), "checker": ("fund_monitor", COUNTY), "reviewer": ("officer", PREFECTURE)}
    people = {name: actor_for(user_at(role, region=region, name=name)) for name, (role, region) in roles.items()}
    user_at("leader", region="53")
    definitions.ship(by=SYSTEM, plan=procedure(), xml=drawn(procedure()))
    return people


def procedure() -> Plan:
    """Handed in, checked, reviewed, decided; limits as real ones have."""

    def step(code: str, assignee: str, to: str, duty: Duty) -> Node:
        who, limit = Assignee.read(assignee), Limit("10") if duty is Duty.REVIEW else None
        ways = (Route(PASS, to),)
        return Node(code, code, Kind.TASK, ways, duty, who, returns=Returns.ANY, limit=limit)

    steps = (
        step("submit", "starter", "check", Duty.SUBMIT),
        step("check", "fund_monitor@self", "review", Duty.REVIEW),
        step("review", "officer@parent", "decide", Duty.REVIEW),
        step("decide", "leader@province", "end", Duty.DECIDE),
        Node("end", "end", Kind.END),
    )
    return Plan("bench", "量度", "submit", steps, Limit("20"), Limit("7"))


def act(people: dict[str, Actor], bare: psycopg.Connection, times: int) -> Figure:
    """CPU milliseconds of one act beside its rows written by hand, in turns of a third each."""
    ours, theirs = [waiting(people["starter"], times) for _ in range(2)]
    cost = {True: 0.0, False: 0.0}
    for turn in range(3):
        part = slice(turn * times // 3, (turn + 1) * times // 3)
        cost[True] += spent(own(), lambda part=part: passed(people["checker"], ours[part]))
        pid = bare.info.backend_pid
        cost[False] += spent(pid, lambda part=part: by_hand(bare, people["checker"], theirs[part]))
    return Figure(
        "workflow", "act", "one act, with everything around it", *_each(cost[True], times), _each(cost[False], times)[0]
    )


def deep(people: dict[str, Actor], owner: psycopg.Connection, times: int, steps: int) -> Figure:
    """The same to and fro in a case with a long past and in a fresh one."""
    cost = {}
    for past in (0, steps):
        (row,) = waiting(people["starter"], 1)
        if past:
            workflow_sql.lengthened(owner, row.case_id, past)
        to_and_fro(people, row.case_id, 3)
        cost[bool(past)] = spent(own(), lambda number=row.case_id: to_and_fro(people, number, times))
    figure = cost[True] / times / 2 * 1000, "CPU ms", cost[False] / times / 2 * 1000
    return Figure(
        "workflow", "deep", f"one act in a case with a long past ({steps:,} steps), beside a fresh one", *figure
    )


def inbox(people: dict[str, Actor], owner: psycopg.Connection, cases: int) -> Figure:
    """The first page of an inbox, over so many open cases: median milliseconds of its SQL."""
    workflow_sql.opened(owner, cases)
    with region_scope(COUNTY), transaction.atomic(), connection.cursor() as cursor:
        text, values = queries.inbox(people["checker"])[:50].query.sql_with_params()
        taken = []
        for _ in range(LOOKS):
            begun = time.perf_counter()
            cursor.execute(text, values)
            rows = cursor.fetchall()
            taken.append((time.perf_counter() - begun) * 1000)
    if not rows:
        raise AssertionError("workflow: the inbox is empty")
    return Figure("workflow", "inbox", f"an inbox page over {cases:,} open cases", statistics.median(taken), "ms")


def publication() -> Figure:
    """Who would get each step at every office."""
    begun = time.perf_counter()
    with system_scope(), transaction.atomic():
        rows = publishing.resolved(procedure())
    offices = len({row.region_code for row in rows})
    seconds = time.perf_counter() - begun
    return Figure("workflow", "publish", f"a definition resolved at {offices} offices", seconds, "s")


def waiting(starter: Actor, times: int) -> list[Task]:
    """So many cases before the checker, committed."""
    for number in range(times):
        with region_scope(starter.prefix), transaction.atomic():
            key = f"{number}-{time.perf_counter_ns()}"
            acts.start(by=starter, key=key, definition="bench", title="量度", facts={"amount": "12"})
    with system_scope(), transaction.atomic():
        rows = Task.objects.filter(step="check", state="open").order_by("-pk").select_related("case")
        return list(rows[:times])


def passed(checker: Actor, rows: list[Task]) -> None:
    """Each task passed, in a transaction of its own, under the person's scope."""
    for row in rows:
        with region_scope(checker.prefix), transaction.atomic():
            acts.act(by=checker, act=Act.PASS, key=f"p{row.pk}", task=row.pk, expect=row.case.version)


def by_hand(bare: psycopg.Connection, checker: Actor, rows: list[Task]) -> None:
    """The rows of the same act, written plainly; the scope is bound as in every transaction."""
    for row in rows:
        with bare.transaction():
            bare.execute(BIND, ("0", ":", "bench"))
            workflow_sql.act(bare, row, checker)


def to_and_fro(people: dict[str, Actor], case: int, times: int) -> None:
    """Passed by the checker, sent back by the reviewer."""
    for _ in range(times):
        for name, which, said in (
            ("checker", Act.PASS, Said()),
            ("reviewer", Act.RETURN, Said(to="check", opinion="再核")),
        ):
            with system_scope(), transaction.atomic():
                row = Task.objects.get(case=case, state="open")
            with region_scope(people[name].prefix), transaction.atomic():
                acts.act(by=people[name], act=which, key=f"t{row.pk}", task=row.pk, said=said)


def spent(pid: int, work: Callable[[], object]) -> float:
    """CPU seconds of the work, here and in its backend."""
    meter = Meter(pid)
    work()
    return meter.seconds()


def own() -> int:
    """The backend of Django's connection."""
    connection.ensure_connection()
    return connection.connection.info.backend_pid


def _each(seconds: float, times: int) -> tuple[float, str]:
    return seconds / times * 1000, "CPU ms"
