"""`bench scope`: the same questions under row-level security and with the condition written out."""

from collections.abc import Sequence
from datetime import timedelta

import psycopg

from anzhi.foundation.access.backend.base import BIND
from anzhi.foundation.access.context import Scope
from benchmarks import book, scratch, world
from benchmarks.figures import Figure
from benchmarks.meters import spent_by

COUNTY, PROVINCE = "532328", "53"
INSIDE = "region_code >= '{low}' AND region_code < '{high}'"
# (key, what, area, how often, question): {where} is nothing under row-level security, else the area written out
QUESTIONS = (
    (
        "county", "a county's rows of 60 days, summed", COUNTY, 400,
        "SELECT count(*), sum(amount) FROM funds_transaction WHERE booked >= '{since}' {where}",
    ),
    (
        "page", "a county's newest 50 rows", COUNTY, 3000,
        "SELECT * FROM funds_transaction WHERE booked <= '{today}' {where} ORDER BY booked DESC, id DESC LIMIT 50",
    ),
    (
        "province", "the province's rows of 10 days, summed by county", PROVINCE, 12,
        "SELECT left(region_code, 6), sum(amount) FROM funds_transaction WHERE booked >= '{late}' {where} GROUP BY 1",
    ),
)  # fmt: skip


def run(scale: float) -> list[Figure]:
    """Each question both ways, in turns."""
    with book.filled(round(book.ROWS * scale)) as name, scratch.bare(name, "app") as app, scratch.bare(name) as owner:
        found = [ask(app, owner, *question, scale=scale) for question in QUESTIONS]
        return [*found, ask(app, owner, *QUESTIONS[1], alone=True)]


def ask(
    app: psycopg.Connection,
    owner: psycopg.Connection,
    key: str,
    what: str,
    area: str,
    times: int,
    sql: str,
    *,
    alone: bool = False,
    scale: float = 1.0,
) -> Figure:
    """CPU milliseconds of the backend for one question.

    Our reads ask with `.within(scope)` as well, so the policy stands beside the same condition; `alone` leaves
    the reader's condition out, as somebody does who forgot it.
    """
    low, high = bounds = Scope(area).bounds
    days = {"today": world.TODAY, "since": world.TODAY - timedelta(60), "late": world.TODAY - timedelta(10)}
    plain = sql.format(where="AND " + INSIDE.format(low=low, high=high), **days)
    scoped = sql.format(where="", **days) if alone else plain
    same(app, owner, bounds, scoped, plain)
    cost, each = {True: 0.0, False: 0.0}, round(times / scale) // 3 + 1  # the clock of a backend ticks every 10 ms
    for turn in range(6):
        secured = bool(turn % 2)
        cost[secured] += repeat(app if secured else owner, scoped if secured else plain, bounds, each)
    key, what = (f"{key}_alone", f"{what}; the policy alone") if alone else (key, what)
    return Figure("scope", key, what, cost[True] / each / 3 * 1000, "CPU ms", cost[False] / each / 3 * 1000)


def repeat(connection: psycopg.Connection, text: str, bounds: Sequence[str], times: int) -> float:
    """Backend CPU of so many transactions; both sides bind the scope, as every transaction does."""
    begun = spent_by(connection.info.backend_pid)
    for _ in range(times):
        with connection.transaction():
            connection.execute(BIND, (*bounds, "bench"))
            connection.execute(text).fetchall()  # type: ignore[arg-type]
    return spent_by(connection.info.backend_pid) - begun


def same(app: psycopg.Connection, owner: psycopg.Connection, bounds: Sequence[str], scoped: str, plain: str) -> None:
    """Both must answer alike, and something."""
    with app.transaction():
        app.execute(BIND, (*bounds, "bench"))
        answers = sorted(app.execute(scoped).fetchall()), sorted(owner.execute(plain).fetchall())  # type: ignore[arg-type]
    if answers[0] != answers[1] or not answers[0]:
        raise AssertionError("scope: the two ways of asking answer differently")
