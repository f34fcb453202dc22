"""PostGIS, with the current scope bound at the start of each outermost transaction.

A middleware cannot do it: `ATOMIC_REQUESTS` opens its transaction later, around the view, and a
transaction-local setting made earlier is gone by then. Outside a transaction nothing is bound, so
the policies see NULL and answer no rows.
"""

from django.contrib.gis.db.backends.postgis.base import DatabaseWrapper as PostGIS

from anzhi.foundation.access import context

BIND = (
    "SELECT set_config('app.region_lo', %s, true), set_config('app.region_hi', %s, true),"
    " set_config('app.actor', %s, true)"
)


class DatabaseWrapper(PostGIS):
    """The engine named in settings."""

    transactions = 0  # opened so far: what was learnt in one of them need not be asked again in it

    def bind_scope(self) -> None:
        """Send the current scope to the open transaction."""
        scope = context.current()
        low, high = scope.bounds if scope else ("", "")
        with self.connection.cursor() as cursor:  # psycopg's own cursor: neither counted nor logged
            cursor.execute(BIND, (low, high, scope.actor if scope else ""))

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # private, so not in the stubs
        self.transactions += not autocommit
        if not autocommit and context.current() is not None:
            self.bind_scope()
