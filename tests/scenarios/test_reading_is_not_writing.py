"""No page changes anything by being looked at: every list and its rows are opened, and the database is the same."""

import pytest
from django.db import connection
from django.test import Client

from scenarios.test_lists import LISTS, PATHS
from scenarios.world import plant, reader
from supervision.funds.conftest import own_files, spoken

__all__ = ["own_files", "spoken"]
pytestmark = pytest.mark.usefixtures("spoken")


def written() -> dict[str, int]:
    """Rows inserted, changed and deleted in this transaction, by table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {name: count for name, count in cursor.fetchall() if count and "session" not in name}


def follow(client: Client, where: str) -> int:
    """Open a list and the first three pages it leads to; returns how many answered."""
    text = client.get(where).text
    links = {part.split('"')[0] for part in text.split('href="')[1:]}
    below = sorted(link for link in links if link.startswith(where) and link != where and "?" not in link)[:3]
    return sum(client.get(link).status_code == 200 for link in below) + 1


@pytest.mark.parametrize(("kind", "path"), LISTS, ids=[path for _, path in LISTS])
def test_looking_changes_nothing(kind: type, path: str) -> None:
    world = plant()
    client = reader(kind.permission)
    client.get("/healthz")
    where = PATHS[kind.__name__](world) if kind.__name__ in PATHS else path
    before = written()

    assert follow(client, where) >= 1

    assert written() == before
