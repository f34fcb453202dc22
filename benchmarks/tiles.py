"""`bench tiles`: every tile of the province with something in it, z6 to z14, for one person; nothing is left out."""

import time
from collections.abc import Callable
from random import Random

import mapbox_vector_tile
import psycopg
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.urls import reverse

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.network.maps.registry import Layer, register
from anzhi.network.projects.models import Project
from anzhi.network.sites.models import ResettlementSite
from benchmarks import scratch, servers, tiles_sql
from benchmarks.figures import Figure
from benchmarks.meters import percentile
from benchmarks.pages import Page

POINTS, SITES, EACH = 700_000, 5_000, 25
ZOOMS = range(6, 15)
LAYERS = ("county", "sites", "bench")
WORDS = {"county": "counties", "sites": f"{SITES:,} sites", "bench": "points"}
KEYS = {"county": "county", "sites": "site", "bench": "points"}


def run(scale: float) -> list[Figure]:
    """All layers over one scratch database."""
    with scratch.database() as name:
        points = round(POINTS * scale)
        with scratch.bare(name) as owner:
            for statement in tiles_sql.MAKE:
                owner.execute(statement, {"points": points})  # type: ignore[arg-type]
        sites(round(SITES * scale))
        with scratch.bare(name) as owner:
            owner.execute("ANALYZE")
        register(bench_layer())
        cookie, handler = servers.cookie(), get_wsgi_application()
        found: list[Figure] = []
        with scratch.bare(name) as owner:
            for layer in LAYERS:
                found += measure(layer, handler, cookie, owner)
            found.append(left_out(handler, cookie, owner))
    return found


def bench_layer() -> Layer:
    """Points from z13, below it cells that were counted beforehand: how a layer of this size is written."""
    return Layer(
        "bench",
        "700 k points",
        Permission.MAP_VIEW,
        tiles_sql.ROWS,
        ("n",),
        lambda: str(time.monotonic()),
        exact_from=tiles_sql.DEEPEST + 1,
        cells=tiles_sql.COUNTED,
        order=99,
    )


def sites(count: int) -> None:
    """Resettlement sites on some of the points, all of one project."""
    with system_scope(), transaction.atomic():
        project = Project(
            code="B-1", name="测速水库", kind="reservoir", regime="water", build="built", region_code="530000000000"
        )
        project.save()
        ResettlementSite.objects.bulk_create(
            ResettlementSite(
                project=project,
                region_code=code,
                code=f"B-{number}",
                name=f"测速安置点{number}",
                point=point,
                kind="rural",
                competent_dept="测速",
                owner_unit="测速",
                plan_households=100,
                plan_people=400,
            )
            for number, (code, point) in enumerate(places(count))
        )


def places(count: int) -> list[tuple[str, str]]:
    """Regions and points."""
    with connection.cursor() as cursor:
        cursor.execute(tiles_sql.SOME, {"count": count})
        return cursor.fetchall()


def measure(layer: str, handler: WSGIHandler, cookie: str, owner: psycopg.Connection) -> list[Figure]:
    """Milliseconds a tile, the whole way through the site, beside the bare SQL of the same tiles."""
    took, floor = [], []
    for z in ZOOMS:
        for x, y in chosen(owner, z):
            page = Page(handler, cookie, address(layer, z, x, y))
            page.get()  # warm, as the floor is
            took.append(timed(page.get))
            floor.append(bare(owner, layer, z, x, y))
    what = f"{WORDS[layer]}, z6 to z14, {len(took)} tiles"
    return [
        Figure("tiles", KEYS[layer], f"{what}, p95", percentile(took, 0.95), "ms", percentile(floor, 0.95)),
        Figure("tiles", f"{layer}_median", f"{what}, median", percentile(took, 0.5), "ms", percentile(floor, 0.5)),
        Figure("tiles", f"{layer}_worst", f"{what}, slowest", max(took), "ms", max(floor)),
    ]


def chosen(owner: psycopg.Connection, z: int) -> list[tuple[int, int]]:
    """Tiles of a zoom with something in them: all, or as many as are enough, the same every time."""
    found = tiles_of(owner, z)
    return found if len(found) <= EACH else sorted(Random(z).sample(found, EACH))


def tiles_of(owner: psycopg.Connection, z: int) -> list[tuple[int, int]]:
    """Every tile of a zoom with a point in it."""
    return owner.execute(tiles_sql.TILES.format(side=tiles_sql.SIDE.format(z=z))).fetchall()  # type: ignore[arg-type]


def address(layer: str, z: int, x: int, y: int) -> str:
    """Where a tile is."""
    return reverse("maps:tile", kwargs={"layer": layer, "z": z, "x": x, "y": y})


def timed(work: Callable[[], object]) -> float:
    """Milliseconds, the better of two: the machine has other work too."""
    turns = []
    for _ in range(2):
        begun = time.perf_counter()
        work()
        turns.append((time.perf_counter() - begun) * 1000)
    return min(turns)


def bare(owner: psycopg.Connection, layer: str, z: int, x: int, y: int) -> float:
    """The floor: one statement without scope, fields or code of ours."""
    rows = tiles_sql.PLAIN["counted" if layer == "bench" and z <= tiles_sql.DEEPEST else layer]
    sql, values = tiles_sql.BARE.format(rows=rows), {"z": z, "x": x, "y": y}
    plain = psycopg.ClientCursor(owner)  # constants, as Django sends them: they open the indexes
    plain.execute(sql, values).fetchone()
    return timed(lambda: plain.execute(sql, values).fetchone())


def left_out(handler: WSGIHandler, cookie: str, owner: psycopg.Connection) -> Figure:
    """Each tile must hold every point that lies in it, itself or counted."""
    asked, missing = 0, 0
    for z in ZOOMS:
        for x, y in chosen(owner, z):
            body = Page(handler, cookie, address("bench", z, x, y)).body()
            found = mapbox_vector_tile.decode(body).get("bench", {}).get("features", []) if body else []
            (held,) = owner.execute(tiles_sql.HELD, {"z": z, "x": x, "y": y}).fetchone() or (0,)
            asked += held
            missing += abs(held - sum(feature["properties"]["n"] for feature in found))
    return Figure("tiles", "capped", f"points left out of {asked:,} in the same tiles, each counted", missing, "")
