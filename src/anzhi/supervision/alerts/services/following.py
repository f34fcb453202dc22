"""What a new sheet of allocations sets off: earlier bank rows find theirs, and the rules look again."""

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.jobs import services as jobs
from anzhi.foundation.parameters import clock
from anzhi.management.plans.hooks import Taken
from anzhi.supervision.alerts import queries
from anzhi.supervision.alerts.findings import Touched
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.funds.services import matching

TASK = "alerts.follow_plans"


def ask(taken: Taken) -> None:
    """Enqueue it in the transaction that takes the sheet over: a refused sheet leaves no job."""
    jobs.enqueue(TASK, dedupe=f"{TASK}:{taken.file}", file=taken.file)


def follow_plans(*, file: int, by: Actor = SYSTEM) -> int:
    """Match what the accounts of both ends hold unmatched, run the rules over them; returns how many were raised."""
    demand(by, Permission.RULE_PUBLISH)
    accounts, senders = queries.parties_of(file)
    with audit.action("plan.matched", by=by, on=queries.plan_file(file)) as facts:
        facts["allocations"] = len(matching.match_accounts(accounts=accounts, by=by))
    return len(engine.run(as_of=clock.today(), touched=Touched(accounts, senders), by=by).raised)
