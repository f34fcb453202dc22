"""How far long work has come. The queue itself is procrastinate's."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped


class State(models.TextChoices):
    """A run of long work."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Progress(RegionScoped):
    """One piece of long work on one subject: shown by a page while it runs, overwritten by the next run."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    message = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="progress_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def percent(self) -> int | None:
        """How much is done; None where the total is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None
