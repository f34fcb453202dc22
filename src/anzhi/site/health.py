"""`/healthz`: whether the site can answer, for the supervisor and the curious."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from anzhi.foundation.jobs.queries import worker_alive


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with JSON when the database answers and is migrated, else 503 with what is wrong."""
    executor = MigrationExecutor(connection)
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    worker = "unknown" if behind else "ok" if worker_alive() else "silent"  # pages answer without one as well
    state = {"database": "ok", "migrations_to_run": behind, "worker": worker}
    return JsonResponse({"status": "ok" if not behind else "behind", **state}, status=503 if behind else 200)
