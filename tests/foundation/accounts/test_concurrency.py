"""A thousand requests of people from everywhere, over threads that are used again: nobody sees another's rows."""

import io
import json
import random
import threading
from collections import Counter
from queue import Empty, SimpleQueue
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import current, system_scope
from anzhi.foundation.accounts.models import Agency, User
from anzhi.foundation.audit.door import action
from anzhi.foundation.audit.models import Event
from harness import people

REQUESTS, THREADS = 1000, 24


@login_not_required
def seen(request: HttpRequest) -> JsonResponse:
    """What this request sees; every seventh falls over after it looked."""
    rows = sorted(Event.objects.filter(name="test.planted").values_list("region_code", flat=True))
    if "fall" in request.GET:
        raise PermissionDenied
    scope = current()
    return JsonResponse({"who": request.actor.id, "scope": scope.prefix if scope else None, "rows": rows})


urlpatterns = [path("seen/", seen), path("", include("anzhi.site.urls"))]


@pytest.fixture
def crowd(live_db: str) -> dict[str | None, tuple[str, list[str]]]:
    """Session cookie → prefix and the rows it may see; None is nobody."""
    codes = list(Agency.objects.order_by("region_code").values_list("region_code", flat=True))
    with system_scope():
        for code in codes:
            with action("test.planted", by=SYSTEM, on=User(pk=0, name="x"), region_code=code):
                pass
    crowd: dict[str | None, tuple[str, list[str]]] = {None: ("", [])}
    for code in codes[::4]:
        user = people.user_at("leader", region=code)
        prefix = code.rstrip("0") if len(code.rstrip("0")) % 2 == 0 else code.rstrip("0") + "0"
        cookie = people.client_of(user).session.session_key
        crowd[cookie] = (prefix, [one for one in codes if one.startswith(prefix)])
    return crowd


def ask(application: Any, cookie: str | None, fall: bool) -> tuple[int, Any]:
    """One request, straight into the WSGI application."""
    environ: dict[str, Any] = {
        "PATH_INFO": "/seen/",
        "QUERY_STRING": "fall=1" if fall else "",
        "HTTP_HOST": "localhost",
    }
    setup_testing_defaults(environ)
    environ["wsgi.input"] = io.BytesIO()
    if cookie:
        environ["HTTP_COOKIE"] = f"sessionid={cookie}"
    status: list[int] = []
    response = application(environ, lambda line, _headers: status.append(int(line.split()[0])))
    body = b"".join(response)
    response.close()
    return status[0], json.loads(body) if status[0] == 200 else None


def test_no_scope_leaks(crowd: dict[str | None, tuple[str, list[str]]], settings: pytest.FixtureRequest) -> None:
    settings.ROOT_URLCONF = __name__
    application, work, wrong = get_wsgi_application(), SimpleQueue(), []
    seed = random.Random(22)
    for number in range(REQUESTS):
        work.put((seed.choice(list(crowd)), number % 7 == 0))
    done: Counter[int] = Counter()

    def labour() -> None:
        try:
            while True:
                cookie, fall = work.get_nowait()
                status, told = ask(application, cookie, fall)
                done[status] += 1
                if told and (told["scope"] or "", told["rows"]) != crowd[cookie]:
                    wrong.append((cookie, told))
        except Empty:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=labour) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert done == {200: REQUESTS - 143, 403: 143}
    assert current() is None
