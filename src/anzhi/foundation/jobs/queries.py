"""Reads about background work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from anzhi.foundation.jobs import registry
from anzhi.foundation.jobs.models import Progress

ALIVE = timedelta(seconds=30)


@dataclass(frozen=True)
class Failure:
    """A job that gave up. Its arguments are not shown: they may name what the reader must not see."""

    id: int
    task: str
    label: str
    attempts: int
    at: datetime | None


def failures(limit: int = 100) -> list[Failure]:
    """The newest jobs that failed for good."""
    rows = list(ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:limit])
    ended = dict(
        ProcrastinateEvent.objects.filter(job_id__in=[row.pk for row in rows], type="failed")
        .values_list("job_id")
        .annotate(Max("at"))
    )
    return [
        Failure(row.pk, row.task_name, registry.label(row.task_name), row.attempts, ended.get(row.pk)) for row in rows
    ]


def waiting() -> dict[str, int]:
    """How many jobs wait, run and failed."""
    counts = ProcrastinateJob.objects.filter(status__in=["todo", "doing", "failed"]).values_list("status")
    return {"todo": 0, "doing": 0, "failed": 0} | dict(counts.annotate(Count("id")).order_by())


def worker_alive() -> bool:
    """Whether a worker gave a sign of life lately."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=timezone.now() - ALIVE).exists()


def progress_of(kind: str, subject: str) -> Progress | None:
    """How far the work has come; None before it began, or outside the scope."""
    return Progress.objects.filter(kind=kind, subject=subject).first()


def progress(pk: int) -> Progress | None:
    """One row by its number, in the scope."""
    return Progress.objects.filter(pk=pk).first()
