"""What becomes of a job whose worker died, without starting one."""

from types import SimpleNamespace
from unittest.mock import AsyncMock

import pytest

from anzhi.foundation.jobs.worker import MOST_ATTEMPTS, rescue
from harness import loops


@pytest.mark.parametrize(("attempts", "again"), [(0, True), (MOST_ATTEMPTS - 2, True), (MOST_ATTEMPTS - 1, False)])
def test_a_job_that_keeps_killing_workers_is_given_up(attempts: int, again: bool) -> None:
    manager = AsyncMock()
    loops.run(rescue(SimpleNamespace(job_manager=manager), SimpleNamespace(id=1, task_name="x", attempts=attempts)))
    assert bool(manager.retry_job.await_count) is again
    assert bool(manager.finish_job.await_count) is not again
