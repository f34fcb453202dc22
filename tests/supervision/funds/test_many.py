"""What files of many accounts and rows do once for all of them."""

import pytest
from django.db import connection

from anzhi.foundation.live.models import LiveEvent
from anzhi.supervision.funds.services import learning
from anzhi.supervision.funds.services.known import KnownAccounts
from supervision.funds.factories import account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")


def test_a_file_of_many_accounts_asks_the_register_once(django_assert_max_num_queries) -> None:
    numbers = [number() for _ in range(12)]
    for one in numbers:
        account(one)
    known = KnownAccounts("camt", "")

    with django_assert_max_num_queries(1):
        found = [known.find(one) for one in [*numbers, *numbers, "nobody's", ""]]

    assert found[:12] == found[12:24]
    assert len({one.pk for one in found[:12]}) == 12
    assert found[24:] == ["account.unknown"] * 2


def test_the_register_is_that_of_the_area_of_who_asks() -> None:
    written = number()
    account(written)

    assert KnownAccounts("camt", "532328").find(written) == KnownAccounts("camt", "").find(written)
    assert KnownAccounts("camt", "5307").find(written) == "account.unknown"


def test_followers_are_told_in_each_region_of_a_file() -> None:
    here, there = number(), number()
    account(here)
    account(there, region="532301000000")
    arrive(statement(here, entry("+1")) + statement(there, entry("+2"), ordinal=2))

    told = LiveEvent.objects.filter(topic="funds.imported").order_by("id")
    assert [event.region_code for event in told] == ["532301000000", "532328000000"]
    assert len({event.payload["file"] for event in told}) == 1


def test_a_large_import_teaches_the_planner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MANY", 3)
    written = number()
    account(written)
    arrive(statement(written, entry("+1"), entry("+2")))
    assert learned() == 0
    arrive(statement(written, entry("+3"), entry("+4"), entry("+5")), note="more")

    assert learned() == 5


def learned() -> int:
    """Rows that the planner believes to be there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::int FROM pg_class WHERE relname = 'funds_transaction'")
        return cursor.fetchone()[0]
