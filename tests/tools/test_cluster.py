"""A real cluster: made, shared, killed, adopted."""

import os
import signal
import subprocess

import psycopg
import pytest
from tools.cluster import keys
from tools.cluster.place import Place

from harness.folders import COMMAND, Var, until

pytestmark = [pytest.mark.slow, pytest.mark.fault]


@pytest.fixture
def made(shared_var: Var) -> Var:
    """One cluster for all that leave it as they found it: initdb takes longest."""
    return shared_var


def connect(var: Var, role: str, database: str = "anzhi") -> "psycopg.Connection[tuple[object, ...]]":
    place = Place(var.folder)
    secret = keys.load(var.folder)[role]
    user = "postgres" if role == "super" else f"anzhi_{role}"
    return psycopg.connect(host=str(place.socket), user=user, password=secret, dbname=database, autocommit=True)


def test_the_last_one_out_stops_it(made: Var) -> None:
    first, second = made.hold(), made.hold()
    assert (server := made.postmaster())
    made.leave(first)
    assert made.postmaster() == server
    made.leave(second)
    assert made.postmaster() is None


def test_a_killed_server_is_started_again(made: Var) -> None:
    holder = made.hold()
    server = made.postmaster()
    assert server
    os.kill(server, signal.SIGKILL)
    until(lambda: made.postmaster() is None)
    second = made.hold()
    assert made.postmaster() not in (None, server)
    made.leave(second)
    made.leave(holder)


def test_a_killed_holder_leaves_the_server_to_the_next(made: Var) -> None:
    holder = made.hold()
    server = made.postmaster()
    holder.kill()
    holder.wait()
    assert made.postmaster() == server
    second = made.hold()
    assert made.postmaster() == server
    made.leave(second)
    assert made.postmaster() is None


def test_a_half_made_cluster_is_made_again(var: Var) -> None:
    home = Place(var.folder).home
    (home / "data.new").mkdir()
    (home / "data").mkdir()
    (home / "data/base").touch()
    var.leave(var.hold())


def test_roles_and_extensions_are_as_agreed(made: Var) -> None:
    holder = made.hold()
    with connect(made, "super") as root:
        roles = root.execute(
            "SELECT rolname, rolinherit, rolcreatedb, rolsuper, rolbypassrls FROM pg_roles"
            " WHERE rolname ~ '^anzhi' ORDER BY 1"
        ).fetchall()
        assert roles == [("anzhi_app", False, False, False, False), ("anzhi_owner", True, True, False, False)]
        leakproof = (
            "SELECT count(*) FROM pg_proc WHERE proleakproof AND proname IN ('geometry_overlaps', 'ts_match_vq')"
        )
        assert root.execute(leakproof).fetchone() == (2,)
    with connect(made, "owner", "postgres") as owner:
        owner.execute("CREATE DATABASE a_clone")
    with connect(made, "owner", "a_clone") as owner:
        owner.execute("CREATE TABLE village (id int PRIMARY KEY, at geometry(Point, 3857), code text)")
        owner.execute("CREATE INDEX ON village USING gin (code gin_trgm_ops)")
        owner.execute("CREATE INDEX ON village USING gist (id, at)")
        owner.execute("CREATE INDEX ON village USING gin (id)")
    with connect(made, "app", "a_clone") as app:
        app.execute("INSERT INTO village VALUES (1, ST_SetSRID(ST_Point(1, 2), 3857), '元谋')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DROP TABLE village")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SET ROLE anzhi_owner")
    made.leave(holder)


def test_no_password_no_entry_and_no_network(made: Var) -> None:
    holder = made.hold()
    socket = str(Place(made.folder).socket)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=socket, user="anzhi_app", password="guess", dbname="anzhi")
    with connect(made, "super") as root:
        assert root.execute("SHOW listen_addresses").fetchone() == ("",)
    made.leave(holder)


def test_stop_ends_what_a_killed_holder_left(made: Var) -> None:
    made.hold().kill()
    assert made.postmaster()
    done = subprocess.run([COMMAND, "stop"], env=dict(made.env), cwd="/")
    assert done.returncode == 0
    assert made.postmaster() is None
