"""What an import sets off, in its own transaction: matching, then the rules over what it touched."""

from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts import queries
from anzhi.supervision.alerts.findings import Touched
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.funds import marks
from anzhi.supervision.funds.hooks import Landed
from anzhi.supervision.funds.services import matching


def follow_import(landed: Landed) -> int:
    """Match the new rows, run the rules over their accounts and senders; returns how many alerts were raised.

    Accounts without a new row are looked at too: a file that extends coverage without movement can raise one.
    """
    allocations = matching.match_landed(landed=landed)
    marks.phase("judge")
    touched = Touched(landed.accounts, queries.senders(landed.accounts, allocations))
    return len(engine.run(as_of=clock.today(), touched=touched).raised)
