"""`bench pages`: the five busiest pages over 2.5 million bank rows, in front of 64 people and alone."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.template import Context, Engine
from django.urls import resolve, reverse

from anzhi.foundation.access.backend.base import BIND
from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.alerts.models import Alert
from benchmarks import book, clients, scratch, servers, world
from benchmarks.figures import Figure
from benchmarks.meters import Meter, percentile

BUDGETS = Path(__file__).parents[1] / "tests/budgets.json"
PEOPLE, SECONDS, TURNS = 64, 40.0, 60
BARE = """<!doctype html><html lang="zh"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
{% for rows in answers %}<table>{% for row in rows %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>{% endfor %}</body></html>"""
Asked = list[tuple[str, Any]]


def run(scale: float) -> list[Figure]:
    """Together, then one by one."""
    with book.filled(round(book.ROWS * scale)) as name:
        addresses = busiest()
        cookie = servers.cookie()
        with servers.serving() as port:
            clients.click(port, cookie, list(addresses.values()), people=8, seconds=4)  # nobody's first click is judged
            seconds = max(8.0, SECONDS * scale)
            heard = clients.click(port, cookie, list(addresses.values()), people=PEOPLE, seconds=seconds)
        figures = crowd(addresses, heard, seconds)
        handler = get_wsgi_application()
        connection.close()
        connection.settings_dict["CONN_MAX_AGE"] = None  # one backend, whose work is counted
        with scratch.bare(name, "app") as plain:
            for title, address in addresses.items():
                name = resolve(address).view_name
                figures += alone(title, name, Page(handler, cookie, address), plain)
    return figures


def busiest() -> dict[str, str]:
    """What officers open all day."""
    account = world.numbered()[200].pk
    with system_scope(), transaction.atomic():
        alert = Alert.objects.order_by("-pk").values_list("number", flat=True).first()
    if alert is None:
        raise AssertionError("the book raises no alert: there is no page of one")
    return {
        "transactions": reverse("funds:transactions"),
        "accounts": reverse("funds:accounts"),
        "account": reverse("funds:account", args=[account]),
        "alerts": reverse("alerts:alerts"),
        "alert": reverse("alerts:alert", args=[alert]),
    }


def crowd(addresses: dict[str, str], heard: clients.Heard, seconds: float) -> list[Figure]:
    """What 64 people saw."""
    every = [took for several in heard.took.values() for took in several]
    found = [
        Figure(
            "pages", "p95", f"p95 of all pages, {PEOPLE} people, {len(every):,} clicks", percentile(every, 0.95), "ms"
        ),
        Figure("pages", "median", "median of all pages", percentile(every, 0.5), "ms"),
        Figure("pages", "rate", "pages answered", len(every) / seconds, "a second"),
        Figure("pages", "failed", "answers other than 200", len(heard.failed), ""),
    ]
    for title, address in addresses.items():
        took = heard.took.get(address, [0.0])
        found.append(Figure("pages", f"p95:{title}", f"p95 of {title}", percentile(took, 0.95), "ms"))
    return found


class Page:
    """One page asked for in this process, through all middleware."""

    def __init__(self, handler: WSGIHandler, cookie: str, address: str) -> None:
        self.handler, self.cookie, self.address = handler, cookie, address

    def get(self) -> int:
        """Ask; answers the size of the body."""
        return len(self.body())

    def body(self) -> bytes:
        """Ask. Raises AssertionError for anything but a whole answer."""
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": self.address,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": f"sessionid={self.cookie}",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        answer = self.handler(environ, lambda line, headers: status.append(line))
        whole = b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise AssertionError(f"{self.address} answers {status[0]}")
        return whole

    def asked(self) -> Asked:
        """The statements of one request, with their values."""
        found: Asked = []

        def note(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
            found.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            self.get()
        return found


def budgets() -> dict[str, int]:
    """What each page may ask, by its url name: the file the tests hold the pages to."""
    held: dict[str, int] = json.loads(BUDGETS.read_text(encoding="utf-8"))
    return held


def alone(title: str, name: str, page: Page, plain: psycopg.Connection) -> list[Figure]:
    """CPU of one page beside its own statements and a bare template of their rows."""
    page.get()
    asked = [(sql, params) for sql, params in page.asked() if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
    template = Engine().from_string(BARE)
    ours = cost(page.get, connection.connection)
    floor = cost(lambda: bare_page(plain, asked, template, title), plain)
    return [
        Figure("pages", f"cpu:{title}", f"CPU of {title}", ours, "CPU ms", floor),
        Figure("pages", f"queries:{title}", f"queries of {title}, beside its budget", len(asked), "", budgets()[name]),
    ]


def bare_page(plain: psycopg.Connection, asked: Asked, template: Any, title: str) -> str:
    """The floor: the page's own SQL over psycopg, in a transaction with the scope, and a plain table of each answer."""
    with plain.transaction(), plain.cursor() as cursor:
        cursor.execute(BIND, (*Scope("53").bounds, "bench"))
        answers = [cursor.execute(sql, params).fetchall() for sql, params in asked]
    return template.render(Context({"title": title, "answers": answers}))


def cost(work: Callable[[], object], database: psycopg.Connection) -> float:
    """CPU milliseconds of one turn, ours and the backend's; the best of three rounds."""
    rounds = []
    work()
    for _ in range(3):
        meter = Meter(database.info.backend_pid)
        for _ in range(TURNS):
            work()
        rounds.append(meter.seconds() / TURNS * 1000)
    return min(rounds)
