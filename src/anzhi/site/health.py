"""`/healthz`: whether the site can answer, for the supervisor and the curious."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from anzhi.foundation.jobs.queries import worker_alive

PATH = "/healthz"


@login_not_required
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with JSON when the database answers and is migrated, else 503 with what is wrong."""
    try:
        executor = MigrationExecutor(connection)
        behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        worker = "unknown" if behind else "ok" if worker_alive() else "silent"  # pages answer without one as well
    except (DatabaseError, InterfaceError):
        return JsonResponse({"status": "down", "database": "silent"}, status=503)
    state = {"database": "ok", "migrations_to_run": behind, "worker": worker}
    return JsonResponse({"status": "ok" if not behind else "behind", **state}, status=503 if behind else 200)


class HealthMiddleware:
    """Answers before anything looks for a session: without a database that alone would be an error page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return healthz(request) if request.path == PATH else self.get_response(request)
