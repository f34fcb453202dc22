"""Making, starting and stopping the server, with programs that only tell what they were given."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tools.cluster import bootstrap, conf, holders, keys, place, process, server
from tools.cluster.place import Place
from tools.steps import Failed

TELLS = """#!/usr/bin/env python3
import json, os, sys
from pathlib import Path
told = {"words": sys.argv[1:], "env": dict(os.environ), "cwd": os.getcwd(), "in": sys.stdin.read()}
with Path(__file__).with_name("told").open("a") as out:
    out.write(json.dumps(told) + "\\n")
"""
INITDB = """
folder = Path(sys.argv[sys.argv.index("-D") + 1])
(folder / "PG_VERSION").write_text("15\\n")
(folder / "postgresql.conf").write_text("# Debian's\\n")
"""


class Programs:
    """PostgreSQL's programs, planted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, more in (("postgres", ""), ("initdb", INITDB), ("pg_ctl", ""), ("psql", "print(42)\n")):
            self.plant(name, TELLS + more)

    def plant(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)
        (self.folder / name).chmod(0o755)

    def told(self) -> list[dict]:
        file = self.folder / "told"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("ANZHI_PG_BIN", str(folder))
    return Programs(folder)


@pytest.fixture
def here(tmp_path: Path) -> Place:
    """A place of an ordinary user."""
    found = Place(tmp_path / "var")
    (tmp_path / "var/pg").mkdir(parents=True)
    found.__dict__.update(home=tmp_path / "var/pg", account=None, socket=tmp_path / "var/pg/run")
    return found


def running(monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    monkeypatch.setattr(process, "postmaster", lambda found: 4711 if answer else None)


def test_a_cluster_is_made_then_started(programs: Programs, here: Place) -> None:
    server.start(here)
    made, started = programs.told()
    assert "--locale=C.UTF-8" in made["words"]
    assert "scram-sha-256" in made["words"]
    assert started["words"][-1] == "start"
    assert (here.data / "postgresql.conf").read_text().endswith("include_if_exists = 'anzhi.conf'\n")
    assert (here.data / "anzhi.conf").read_text() == conf.wanted(here.socket, place.PORT)


def test_the_second_start_makes_nothing(programs: Programs, here: Place) -> None:
    server.start(here)
    server.start(here)
    assert [told["words"][-1] for told in programs.told()][1:] == ["start", "start"]


def test_a_server_that_runs_is_left_alone(programs: Programs, here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    server.start(here)
    count = len(programs.told())
    running(monkeypatch, True)
    server.start(here)
    assert len(programs.told()) == count


def test_the_password_travels_in_a_file_that_is_gone_afterwards(programs: Programs, here: Place) -> None:
    server.start(here)
    secret = keys.load(here.var)["super"]
    assert not (here.home / "pw").exists()
    for told in programs.told():
        assert secret not in " ".join(told["words"])
        assert secret not in told["env"].values()


def test_a_cluster_that_could_not_be_made_leaves_neither_data_nor_password(programs: Programs, here: Place) -> None:
    programs.plant("initdb", "#!/bin/sh\necho no space left; exit 1\n")
    with pytest.raises(Failed, match=r"initdb said:\nno space left"):
        server.start(here)
    assert not here.data.exists()
    assert not (here.home / "pw").exists()


def test_a_server_that_does_not_start_is_told_with_its_log(programs: Programs, here: Place) -> None:
    server.start(here)
    programs.plant("pg_ctl", "#!/bin/sh\necho could not start; exit 1\n")
    here.log.write_text("".join(f"line {n}\n" for n in range(40)) + "FATAL: no memory\n")
    with pytest.raises(Failed, match="could not start") as refused:
        server.start(here)
    assert "FATAL: no memory" in str(refused.value)
    assert "line 3\n" not in str(refused.value)


def test_the_data_of_another_release_are_not_touched(programs: Programs, here: Place) -> None:
    server.start(here)
    (here.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Failed, match="of PostgreSQL 14, this release needs 15"):
        server.start(here)


def test_a_long_log_is_begun_anew(programs: Programs, here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    server.start(here)
    here.log.write_text("long")
    monkeypatch.setattr(server, "_LOG_LIMIT", 3)
    server.start(here)
    assert not here.log.exists()


def test_programs_know_nothing_of_us(programs: Programs, here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "somebody's")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    server.start(here)
    for told in programs.told():
        assert told["cwd"] == "/"
        assert not [name for name in told["env"] if name.startswith(("PGP", "ANZHI", "PYTHONP"))]
        assert told["env"]["LC_ALL"] == "C.UTF-8"


def test_only_a_server_that_runs_is_stopped(programs: Programs, here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    running(monkeypatch, False)
    assert server.stop(here) is False
    assert programs.told() == []
    running(monkeypatch, True)
    assert server.stop(here) is True
    [told] = programs.told()
    assert told["words"][-1] == "stop"
    assert "fast" in told["words"]


def test_without_postgresql_the_cure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_PG_BIN", str(tmp_path))
    with pytest.raises(Failed, match=r"\./anzhi setup installs it") as refused:
        place.programs()
    assert refused.value.code == 3


def test_roles_are_made_once_for_what_the_sql_says(programs: Programs, here: Place) -> None:
    bootstrap.ensure(here)
    bootstrap.ensure(here)
    assert len(programs.told()) == 1
    secrets = keys.load(here.var)
    keys.write(here.var, secrets | {"app": "another"})
    bootstrap.ensure(here)
    assert len(programs.told()) == 2


def test_passwords_travel_by_standard_input_and_environment(programs: Programs, here: Place) -> None:
    bootstrap.ensure(here)
    [told] = programs.told()
    secrets = keys.load(here.var)
    words = " ".join(told["words"])
    assert not any(secret in words for secret in secrets.values())
    assert f"\\set owner_pw '{secrets['owner']}'" in told["in"]
    assert "\\i '" in told["in"]
    assert told["env"]["PGPASSWORD"] == secrets["super"]


def test_a_dropped_database_is_bootstrapped_again(programs: Programs, here: Place) -> None:
    bootstrap.ensure(here)
    bootstrap.drop(here)
    bootstrap.ensure(here)
    assert len(programs.told()) == 3
    assert 'DROP DATABASE IF EXISTS "anzhi" WITH (FORCE)' in programs.told()[1]["words"]


def test_what_psql_refuses_is_told(programs: Programs, here: Place) -> None:
    assert bootstrap.psql(here, "-c", "SELECT 42").strip() == "42"
    programs.plant("psql", "#!/bin/sh\necho 'ERROR: no such role' >&2; exit 3\n")
    with pytest.raises(Failed, match="no such role"):
        bootstrap.psql(here, "-c", "SELECT 1")


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Start and stop as they were asked for."""
    found: list[str] = []
    monkeypatch.setattr(server, "start", lambda found_place: found.append("start"))
    monkeypatch.setattr(server, "stop", lambda found_place: found.append("stop") or True)
    monkeypatch.setattr(bootstrap, "ensure", lambda found_place: found.append("roles"))
    return found


def test_the_last_one_out_turns_off_the_light(here: Place, noted: list[str]) -> None:
    with holders.held(here):
        with holders.held(here):
            assert noted == ["start", "roles"] * 2
        assert "stop" not in noted
    assert noted[-1] == "stop"
    assert noted.count("stop") == 1


def test_an_error_inside_lets_go_as_well(here: Place, noted: list[str]) -> None:
    with pytest.raises(ValueError, match="inside"), holders.held(here):
        raise ValueError("inside")
    assert noted[-1] == "stop"


def test_a_start_that_failed_lets_go(here: Place, noted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(found: Place) -> None:
        raise Failed("no disk")

    monkeypatch.setattr(server, "start", refused)
    with pytest.raises(Failed), holders.held(here):
        pytest.fail("nobody gets in")
    with holders.emptied(here) as empty:
        assert empty


@pytest.mark.parametrize(("users", "empty"), [(0, True), (1, False)])
def test_whether_anybody_is_inside(here: Place, noted: list[str], users: int, empty: bool) -> None:
    if users:
        with holders.held(here), holders.emptied(here) as answer:
            assert answer is empty
    else:
        with holders.emptied(here) as answer:
            assert answer is empty


def test_a_killed_server_is_revived_and_a_living_one_is_not(
    here: Place, noted: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    running(monkeypatch, True)
    holders.revive(here)
    assert noted == []
    running(monkeypatch, False)
    holders.revive(here)
    assert noted == ["start"]
    assert "starting it again" in capsys.readouterr().err


def test_a_revival_that_fails_is_told_and_tried_again_later(
    here: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(found: Place) -> None:
        raise Failed("old children still leave")

    running(monkeypatch, False)
    monkeypatch.setattr(server, "start", refused)
    holders.revive(here)
    assert "old children still leave" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("user", "owner", "answer"),
    [(1000, None, None), (1000, 1000, None), (1000, 999, Failed), (0, 65534, (65534, 65534))],
)
def test_as_whom_the_server_runs(
    user: int, owner: int | None, answer: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Data:
        def exists(self) -> bool:
            return owner is not None

        def stat(self) -> os.stat_result:
            return os.stat_result((0o700, 0, 0, 0, owner or 0, 0, 0, 0, 0, 0))

    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(Place, "data", property(lambda found: Data()))
    asked: Callable[[], object] = lambda: Place(tmp_path).account  # noqa: E731 — asked in two ways below
    if answer is Failed:
        with pytest.raises(Failed, match="belongs to user 999"):
            asked()
    else:
        assert asked() == answer


def test_root_without_an_account_to_hand_it_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(place, "_lookup", lambda account: None)
    found = Place(tmp_path)
    found.__dict__["home"] = tmp_path
    with pytest.raises(Failed, match="no account `postgres`"):
        _ = found.account
