"""Fixtures of all tests."""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.db import connection, connections

from harness import databases

numbers = count(1)


def _use(name: str) -> None:
    connection.close()
    for settings in (connections.databases["default"], connection.settings_dict):
        settings["NAME"] = name
    os.environ["ANZHI_PGDATABASE"] = name


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """The worker's own clone of the template, entered as the application role."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"anzhi_test_{worker}_{os.getpid()}"
    databases.clone(name)
    with django_db_blocker.unblock():
        _use(name)
    yield
    with django_db_blocker.unblock():
        connection.close()
    databases.drop(name)


@pytest.fixture
def live_db(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A clone for one test that commits, kills or serves; yields its name (also in ANZHI_PGDATABASE)."""
    before = connection.settings_dict["NAME"]
    name = f"anzhi_live_{os.getpid()}_{next(numbers)}"
    databases.clone(name)
    with django_db_blocker.unblock():
        _use(name)
        yield name
        _use(before)
    databases.drop(name)


@pytest.fixture
def sample_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A clone of the sample province for one test; yields its name (also in ANZHI_PGDATABASE)."""
    before = connection.settings_dict["NAME"]
    name = f"anzhi_sampled_{os.getpid()}_{next(numbers)}"
    databases.clone(name, databases.sample_template())
    with django_db_blocker.unblock():
        _use(name)
        yield name
        _use(before)
    databases.drop(name)


@pytest.fixture
def system(db: None) -> Iterator[None]:
    """The whole body of the test in system scope."""
    from anzhi.foundation.access.scope import system_scope

    with system_scope():
        yield


@pytest.fixture
def server(live_db: str) -> Iterator[str]:
    """The site on http://localhost:PORT, over this test's own database."""
    from harness.server import serving

    with serving() as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, once a worker."""
    from harness.server import chromium

    with chromium() as started:
        yield started
