"""Background work: importing a file, and picking up what a dead worker left."""

from anzhi.foundation.jobs.registry import task
from anzhi.supervision.funds.inbox import settling
from anzhi.supervision.funds.services import importing, receiving


@task(receiving.TASK, attempts=8, atomic=False)
def import_statement(file: int) -> None:
    """Import one received file, then put it where the inbox keeps finished ones."""
    settling.settle(importing.import_file(file))


@task("funds.resume", every="* * * * *")
def resume() -> None:
    """Files that nobody has in hand are enqueued again."""
    receiving.resume()
