"""The queue's own housekeeping."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.jobs.registry import task

KEPT_DAYS = 7
FORGET = """
DELETE FROM procrastinate_jobs j USING (
    SELECT job_id, max(at) AS at FROM procrastinate_events GROUP BY job_id
) e WHERE e.job_id = j.id AND j.status = 'succeeded' AND e.at < now() - make_interval(days => %s)
"""


@task("jobs.forget", label=_("Forget finished jobs"), every="20 3 * * *")
def forget() -> None:
    """Remove jobs that succeeded long ago; failed ones stay until somebody has looked."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [KEPT_DAYS])
