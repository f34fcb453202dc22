"""The worker process: procrastinate's, plus what it leaves to the application.

It leaves open who retries the jobs of a worker that was killed (we look every few seconds, outside the queue,
so that a queue full of long work cannot hold it up) and what happens when a job outlives the stop signal (we
end the process after a grace: the job is retried elsewhere, being idempotent).
"""

import asyncio
import logging
import os
import signal
from typing import Any

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

log = logging.getLogger(__name__)

SILENCE = float(os.environ.get("ANZHI_WORKER_SILENCE", "15"))  # seconds after which a worker counts as dead
HEARTBEAT = SWEEP = SILENCE / 5
MOST_ATTEMPTS = 5  # a job that killed its worker this often is given up


async def run(*, concurrency: int, grace: float, queues: list[str] | None = None) -> None:
    """Work until SIGTERM or SIGINT; then finish the running jobs, at most for `grace` seconds."""
    connector: Any = app.connector  # Django's; it knows the one for workers
    with app.replace_connector(connector.get_worker_connector()) as known:
        async with known.open_async():
            loop = asyncio.get_running_loop()
            work = asyncio.create_task(
                known.run_worker_async(
                    queues=queues,  # type: ignore[arg-type]  # None is every queue, as its docs say
                    concurrency=concurrency,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=min(2.0, SWEEP),  # a retried job is not announced
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=SILENCE,
                )
            )
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, _stop, work, loop, grace)
            sweeping = asyncio.create_task(sweep(known))
            try:
                await work
            except asyncio.CancelledError:
                log.info("worker stopped")
            finally:
                sweeping.cancel()


def _stop(work: asyncio.Task[None], loop: asyncio.AbstractEventLoop, grace: float) -> None:
    work.cancel()  # procrastinate takes no new job then and waits for the running ones
    loop.call_later(grace, os._exit, os.EX_TEMPFAIL)


async def sweep(known: App) -> None:
    """Every few seconds, hand on the jobs of workers that fell silent."""
    while True:
        try:
            for job in await known.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
                await rescue(known, job)
        except Exception:  # a restarted database must not end the sweep: the next round tries again
            log.exception("could not look for stalled jobs")
        await asyncio.sleep(SWEEP)


async def rescue(known: App, job: Job) -> None:
    """Retry a job whose worker died, or give it up when it keeps killing its workers."""
    if job.attempts + 1 >= MOST_ATTEMPTS:
        log.error("job %s (%s) given up after %s dead workers", job.id, job.task_name, job.attempts + 1)
        await known.job_manager.finish_job(job=job, status=Status.FAILED, delete_job=False)
        return
    log.warning("job %s (%s) lost its worker: queued again", job.id, job.task_name)
    await known.job_manager.retry_job(job=job)
