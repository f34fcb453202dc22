"""Anything people do in any order: returns, countersigning, delegation, taking back, added signers, transfers.

Whatever happens, no task is orphaned, no opinion lost, each round counted by itself; log and clocks are right.
`ANZHI_ENGINE_EXAMPLES` sets how many walks (default 12 of 40 steps); `--hypothesis-seed=N` replays one run.
"""

import os
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow import proof
from anzhi.foundation.workflow.models import Case, Clock, Definition, LogEntry, Span, Task, Visit, Vote
from anzhi.foundation.workflow.rules.plan import ABSTAIN, PASS, REJECT, Countersign, Limit
from anzhi.foundation.workflow.rules.tally import Verdict, verdict
from anzhi.foundation.workflow.services import desks
from anzhi.foundation.workflow.states import Act, Side
from foundation.workflow.drawings import LIMITED, decide, person, plan, submit
from foundation.workflow.offices import PROVINCE, Offices, begin, do, in_force, somebody, user

pytestmark = pytest.mark.slow
EXAMPLES = int(os.environ.get("ANZHI_ENGINE_EXAMPLES", "12"))
STEPS = 40
RULE = Countersign("66%")
some = st.integers(0, 9_999)


def walked() -> Definition:
    """Handed in, checked, countersigned by three, decided; from everywhere to everywhere before."""
    return in_force(
        plan(
            submit("check"),
            person("check", "fund_monitor@self", "sign", limit=Limit("5")),
            person("sign", "officer@province", "decide", countersign=RULE),
            decide(),
            **LIMITED,
        )
    )


class Walk(RuleBasedStateMachine):
    """One case, acted on by anybody who may, at random."""

    people: list[Actor] = []
    starter: Actor

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.number = count(1)
        self.said: list[str] = []
        self.votes: dict[int, list[str]] = defaultdict(list)
        self.case = begin(self.starter)

    def teardown(self) -> None:
        """The whole log, then everything back."""
        try:
            assert proof.broken_at(self._row()) is None
        finally:
            transaction.savepoint_rollback(self.point)

    # --- what people do

    @rule(pick=some, who=some, way=st.sampled_from([PASS, PASS, PASS, REJECT, ABSTAIN]))
    def decide(self, pick: int, who: int, way: str) -> None:
        if row := self._open(pick):
            actor = self._holder(row, who)
            act = Act.VOTE if row.kind == "vote" else Act.ANSWER if row.kind == "ask" else Act.PASS
            outcome = way if row.kind == "vote" else ""
            if self._try(actor, act, row, outcome=outcome) and row.kind == "vote":
                self.votes[row.visit_id].append(way)

    @rule(pick=some, who=some, to=st.sampled_from(["submit", "check", "sign", "decide"]), jump=st.booleans())
    def send_back(self, pick: int, who: int, to: str, jump: bool) -> None:
        if row := self._open(pick):
            resume = "jump" if jump else "step"
            self._try(self._holder(row, who), Act.RETURN, row, to=to, resume=resume, items=("补正",))

    @rule(pick=some, who=some, side=st.sampled_from(Side), guest=some)
    def add_sign(self, pick: int, who: int, side: Side, guest: int) -> None:
        if row := self._open(pick):
            more = self.people[guest % len(self.people)]
            self._try(self._holder(row, who), Act.ADD_SIGN, row, side=side, people=(more.id,))

    @rule(pick=some, who=some)
    def take_off(self, pick: int, who: int) -> None:
        if row := self._open(pick):
            self._try(self.people[who % len(self.people)], Act.REDUCE_SIGN, row)

    @rule(pick=some, who=some, guest=some)
    def transfer(self, pick: int, who: int, guest: int) -> None:
        if row := self._open(pick):
            more = self.people[guest % len(self.people)]
            self._try(self._holder(row, who), Act.TRANSFER, row, people=(more.id,))

    @rule(pick=some)
    def withdraw(self, pick: int) -> None:
        done = list(Task.objects.filter(case=self.case, state="done").order_by("-pk")[:3])
        if done:
            row = done[pick % len(done)]
            by = next((one for one in self.people if one.id == row.doer_id), self.people[0])
            self._try(by, Act.WITHDRAW, row)

    @rule(pick=some, who=some)
    def look(self, pick: int, who: int) -> None:
        if row := self._open(pick):
            self._try(self._holder(row, who), Act.OPEN, row)

    @rule(giver=some, taker=some, deciding=st.booleans())
    def delegate(self, giver: int, taker: int, deciding: bool) -> None:
        one, two = (self.people[number % len(self.people)] for number in (giver, taker))
        now = timezone.now()
        told = {"begins_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1), "reason": "出差"}
        with suppress(ValidationError, Denied):
            desks.delegate(by=one, giver=user(one), taker=user(two), deciding=deciding, **told)

    @precondition(lambda self: self._row().state == "running")
    @rule(stop=st.booleans())
    def pause(self, stop: bool) -> None:
        head = self.people[-1]
        if stop:
            self._try(head, Act.PAUSE, self.case)
            self._try(head, Act.RESUME, self.case)

    # --- what always holds

    @invariant()
    def somebody_has_it(self) -> None:
        open_rounds = list(Visit.objects.filter(case=self.case, state="open"))
        assert len(open_rounds) == (1 if self._row().state == "running" else 0)
        for visit in open_rounds:
            assert Task.objects.filter(visit=visit, state="open").exists(), "a round with nobody at it"
        stray = Task.objects.filter(case=self.case, state__in=("open", "waiting")).exclude(visit__state="open")
        assert not stray.exists(), "a task of a round that is over"
        for waiting in Task.objects.filter(case=self.case, state="waiting"):
            asked = Task.objects.filter(parent=waiting, state__in=("open", "waiting")).exists()
            assert asked or waiting.side == "after", "somebody waits for nobody"

    @invariant()
    def no_opinion_is_lost(self) -> None:
        kept = set(LogEntry.objects.filter(case=self.case).exclude(opinion="").values_list("opinion", flat=True))
        assert set(self.said) <= kept

    @invariant()
    def each_round_is_counted_by_itself(self) -> None:
        for visit in Visit.objects.filter(case=self.case, step="sign"):
            votes = list(Vote.objects.filter(visit=visit).order_by("pk").values_list("choice", flat=True))
            assert votes == self.votes[visit.pk]
            left = Task.objects.filter(visit=visit, kind="vote", state__in=("open", "waiting")).count()
            if visit.state == "open":
                assert verdict(votes, left, RULE) is Verdict.WAITING
            if visit.state == "passed":
                assert votes.count(PASS) >= 1

    @invariant()
    def the_log_is_complete(self) -> None:
        row = self._row()
        numbers = list(LogEntry.objects.filter(case=row).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, row.entries + 1))
        for done in Task.objects.filter(case=row, state="done"):
            acts = LogEntry.objects.filter(
                case=row, task_id=done.pk, act__in=("pass", "reject", "vote", "answer", "return")
            )
            assert acts.count() == 1, "each handled task stands in the log once"

    @invariant()
    def the_clocks_are_right(self) -> None:
        row = self._row()
        stands = Span.objects.filter(case=row, ended_at=None).exists()
        at_start = Visit.objects.filter(
            case=row, state="open", step="submit", round__gt=1, cause__state="returned"
        ).exists()
        assert stands is at_start or row.state != "running"
        for clock in Clock.objects.filter(case=row):
            over = clock.visit.state != "open" if clock.visit_id else row.state != "running"
            assert (clock.stopped_at is not None) is over
            if not clock.visit_id and not over:
                assert (clock.due_at is None) is stands

    # --- how

    def _row(self) -> Case:
        return Case.objects.get(pk=self.case.pk)

    def _open(self, pick: int) -> Task | None:
        rows = list(Task.objects.filter(case=self.case, state="open").order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    def _holder(self, row: Task, who: int) -> Actor:
        """Mostly somebody who may, sometimes anybody."""
        if who % 4:
            fits = [
                one
                for one in self.people
                if row.assignee_id == one.id
                or (not row.assignee_id and row.agency_id == one.agency_id and row.role in one.roles)
            ]
            if fits:
                return fits[who % len(fits)]
        return self.people[who % len(self.people)]

    def _try(self, by: Actor, act: Act, on: Task | Case, **said: object) -> bool:
        """Do it; what is refused changes nothing."""
        opinion = f"意见{next(self.number)}"
        before = (self._row().version, self._row().entries)
        try:
            do(by, act, on, opinion=opinion, **said)
        except (Denied, ValidationError):
            assert (self._row().version, self._row().entries) == before
            return False
        if act not in (Act.OPEN,):
            self.said.append(opinion)
        return True


def test_whatever_people_do(offices: Offices) -> None:
    walked()
    signers = [somebody("officer", region=PROVINCE) for _ in range(3)]
    more = [somebody("fund_monitor"), somebody("leader", region=PROVINCE)]
    head = somebody("leader", region="5323")
    Walk.people = [offices.starter, offices.checker, offices.decider, *signers, *more, head]
    Walk.starter = offices.starter
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
