"""Many at once, over real transactions: one wins, the others are told who did; nothing is left half done."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone, translation

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.workflow import proof
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.models import Case, Clock, Copy, LogEntry, Task, Visit, Vote
from anzhi.foundation.workflow.services import acts, sweeping
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import LIMITED, board, chain
from foundation.workflow.offices import PREFECTURE, Offices, begin, in_force, somebody, task, tasks, trail

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[4]
ACTING = """
import sys
import django
django.setup()
from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.accounts.models import User
from anzhi.foundation.accounts.queries import actor_for
from anzhi.foundation.workflow.services import acts
from anzhi.foundation.workflow.states import Act
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.access.scope import system_scope
from django.db import transaction
print("ready", flush=True)
sys.stdin.readline()
people = [actor_for(User.objects.get(pk=int(pk))) for pk in sys.argv[2].split(",")]
turn = 0
while True:
    with system_scope(), transaction.atomic():
        row = Task.objects.filter(case_id=int(sys.argv[1]), state="open").first()
    one = people[0] if row.step == "check" else people[1]
    said = Said(opinion="x", to="check") if row.step == "review" else Said()
    act = Act.RETURN if row.step == "review" else Act.PASS
    acts.act(by=one, act=act, key=f"{row.pk}", task=row.pk, said=said)
    print("acted", flush=True)
"""


def at_once(*jobs: object) -> list[str]:
    """Each in a thread with a connection of its own, all let go together; what each was told, or "done"."""
    barrier, told = threading.Barrier(len(jobs)), ["" for _ in jobs]

    def run(number: int, job: object) -> None:
        try:
            with translation.override("en"):
                barrier.wait()
                job()  # type: ignore[operator]  # a callable
                told[number] = "done"
        except Denied as error:
            told[number] = str(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, job)) for n, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.fixture
def office(live_db: str) -> Offices:
    """People, committed."""
    with system_scope(), transaction.atomic():
        return Offices()


def acting(by: Actor, act: Act, row: Task, key: str, **said: object) -> object:
    """A job: under the person's own scope, as a request would."""

    def job() -> None:
        with region_scope(by.prefix), transaction.atomic():
            acts.act(by=by, act=act, key=key, task=row.pk, said=Said(**said))  # type: ignore[arg-type]  # words of tests

    return job


def test_twenty_press_the_button_at_once(office: Offices) -> None:
    with system_scope(), transaction.atomic():
        in_force(chain())
        people = [somebody("fund_monitor", name=f"监管{n}") for n in range(20)]
        case = begin(office.starter)
        mine = task(case)
    told = at_once(*(acting(one, Act.PASS, mine, "press") for one in people))
    assert told.count("done") == 1
    winner = people[told.index("done")].name
    assert Counter(sentence for sentence in told if sentence != "done") == Counter(
        {next(s for s in told if s != "done"): 19}
    )
    assert all(winner in sentence for sentence in told if sentence != "done")
    with system_scope(), transaction.atomic():
        assert [t.step for t in tasks(case)] == ["review"]
        assert trail(case).count("pass check") == 1
        assert proof.broken_at(Case.objects.get(pk=case.pk)) is None


def test_one_person_s_double_click_is_one_act_for_both(office: Offices) -> None:
    with system_scope(), transaction.atomic():
        in_force(chain())
        case = begin(office.starter)
        mine = task(case)
    assert at_once(*[acting(office.checker, Act.PASS, mine, "same")] * 4) == ["done"] * 4
    with system_scope(), transaction.atomic():
        assert trail(case).count("pass check") == 1


def test_passing_and_sending_back_at_once(office: Offices) -> None:
    with system_scope(), transaction.atomic():
        in_force(chain())
        other = somebody("fund_monitor")
        case = begin(office.starter)
        mine = task(case)
    told = at_once(
        acting(office.checker, Act.PASS, mine, "a"),
        acting(other, Act.RETURN, mine, "b", to="submit", opinion="缺", items=("缺",)),
    )
    assert told.count("done") == 1
    with system_scope(), transaction.atomic():
        assert len(tasks(case)) == 1
        assert Visit.objects.filter(case=case, state="open").count() == 1


def test_taking_back_and_opening_at_once(office: Offices) -> None:
    with system_scope(), transaction.atomic():
        in_force(chain())
        case = begin(office.starter)
        mine = task(case)
        acts.act(by=office.checker, act=Act.PASS, key="p", task=mine.pk)
        theirs = task(case)
    told = at_once(acting(office.checker, Act.WITHDRAW, mine, "w"), acting(office.reviewer, Act.OPEN, theirs, "o"))
    assert told.count("done") == 1, told
    with system_scope(), transaction.atomic():
        assert task(case).step == ("check" if told[0] == "done" else "review")


def test_the_last_two_votes_at_once_decide_once(office: Offices) -> None:
    with system_scope(), transaction.atomic():
        people = [somebody("officer", region="53") for _ in range(6)]
        in_force(board("all"))
        case = begin(office.starter)
        seats = {row.assignee_id: row for row in tasks(case)}
    told = at_once(*(acting(one, Act.VOTE, seats[one.id], "v", outcome="pass") for one in people))
    assert told == ["done"] * 6
    with system_scope(), transaction.atomic():
        assert Vote.objects.count() == 6
        assert [t.step for t in tasks(case)] == ["decide"]
        assert Visit.objects.filter(case=case, step="decide").count() == 1


def test_four_workers_sweep_and_each_mark_is_told_once(office: Offices) -> None:
    with system_scope(), transaction.atomic():
        in_force(chain(**LIMITED))
        cases = [begin(office.starter) for _ in range(12)]
        Clock.objects.update(next_at=timezone.now(), started_at=timezone.now() - timedelta(days=90))

    def work() -> None:
        with system_scope():
            sweeping.sweep()

    for _ in range(2):  # a case another worker held is taken in the next minute
        at_once(*[work] * 4)
    with system_scope(), transaction.atomic():
        assert LogEntry.objects.filter(act="mark").count() == 24
        assert Copy.objects.filter(kind="mark", user_id=office.checker.id).count() == 24
        assert all(proof.broken_at(Case.objects.get(pk=case.pk)) is None for case in cases)


@pytest.mark.fault
def test_a_killed_process_leaves_no_half_act(office: Offices) -> None:
    with system_scope(), transaction.atomic():
        in_force(chain())
        reviewer = somebody("officer", region=PREFECTURE)
        case = begin(office.starter)
    people = f"{office.checker.id},{reviewer.id}"
    for pause in (0.01, 0.05, 0.11, 0.17, 0.23):
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", ACTING, str(case.pk), people],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "anzhi.site.settings.test", "PYTHONPATH": str(ROOT / "src")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        process.stdout.readline()
        process.stdin.write("go\n")
        process.stdin.flush()
        process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()
        with system_scope(), transaction.atomic():
            row = Case.objects.get(pk=case.pk)
            assert proof.broken_at(row) is None
            open_tasks, open_visits = tasks(case), Visit.objects.filter(case=case, state="open")
            assert [t.visit_id for t in open_tasks] == [v.pk for v in open_visits]
            done = Task.objects.filter(case=case, state="done").count()
            assert done == LogEntry.objects.filter(case=case, act__in=("pass", "return")).count()
    assert connection.is_usable()
