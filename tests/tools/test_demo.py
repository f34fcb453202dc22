"""What the demo decides before and beside its processes."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tools.cluster import holders, keys
from tools.cluster.place import Place
from tools.steps import Failed
from tools.verbs import demo, serve, stop
from tools.verbs import test as testing

from tools import build, environment


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place without a server."""
    found = Place(tmp_path)
    found.__dict__["home"] = tmp_path
    return found


def test_the_password_is_made_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANZHI_DEMO_PASSWORD", raising=False)
    assert demo._password(place) == demo._password(place)


def test_a_given_password_is_kept_for_later_starts(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_DEMO_PASSWORD", "a-given-one")
    assert demo._password(place) == "a-given-one"
    monkeypatch.delenv("ANZHI_DEMO_PASSWORD")
    assert demo._password(place) == "a-given-one"


def test_a_database_of_ones_own_gets_no_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_PGHOST", "db.example")
    monkeypatch.setattr(demo.ports, "claim", lambda bind, port: ["127.0.0.1:1"])
    with pytest.raises(Failed, match="private cluster only"):
        demo.run([])


def test_fresh_does_not_pull_the_floor_from_under_another(place: Place) -> None:
    users = (place.var / "users.lock").open("w")
    holders.fcntl.flock(users, holders.fcntl.LOCK_SH)
    with pytest.raises(Failed, match=r"\./anzhi stop first"):
        demo._forget(place)
    users.close()


def test_the_welcome_names_address_accounts_and_password(capsys: pytest.CaptureFixture[str]) -> None:
    demo._welcome(8123, "the-password")
    told = capsys.readouterr().out
    for word in ("http://localhost:8123", "prefecture", "other-county", "auditor", "the-password", "Ctrl-C"):
        assert word in told


def test_stop_with_nothing_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    assert stop.run([]) == 0
    assert "nothing was running" in capsys.readouterr().err


def test_the_tests_have_a_cluster_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_PG_UNSAFE", "0")
    monkeypatch.setenv("ANZHI_PG_BUFFERS", "64MB")
    found = environment.testing(tmp_path)
    assert found.var == tmp_path / "test"
    assert environment.os.environ["ANZHI_PG_UNSAFE"] == "1"


def test_one_linter_does_not_hide_another(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(testing, "tool", lambda name: name)
    monkeypatch.setattr(testing.catalogue, "check", lambda: None)
    monkeypatch.setattr(testing, "LINTERS", {
        "one": ["sh", "-c", "echo first fault; exit 1"], "two": ["true"], "three": ["sh", "-c", "echo third; exit 2"],
    })  # fmt: skip
    assert testing._linters(place) == ["one", "three"]
    told = capsys.readouterr().err
    assert "first fault" in told
    assert "third" in told


def test_static_files_are_collected_once_for_what_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    monkeypatch.setattr(build, "SOURCE", tmp_path / "src")
    monkeypatch.setattr(build, "_django", lambda env, *words: ran.append(words))
    env = {"ANZHI_VAR": str(tmp_path)}
    for _ in range(2):
        build.static(env)
        (tmp_path / "static").mkdir(exist_ok=True)
    assert len(ran) == 1
    (tmp_path / "src/app/static").mkdir(parents=True)
    (tmp_path / "src/app/static/a.css").touch()
    build.static(env)
    assert len(ran) == 2


def test_secrets_of_the_demo_are_no_part_of_the_web(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANZHI_PGHOST", "ANZHI_OWNER_PW", "ANZHI_SUPER_PW", "ANZHI_DB_ROLE"):
        monkeypatch.delenv(name, raising=False)
    secrets = keys.load(place.var)
    given = demo._app(place, "pw")
    assert not {secrets["owner"], secrets["super"]} & set(given.values())


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The steps of a demo in the order they were taken; nothing is really done."""
    taken: list[str] = []
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    monkeypatch.setattr(Place, "home", property(lambda found: found.var))
    for name in ("ANZHI_PGHOST", "ANZHI_DEMO_PASSWORD"):
        monkeypatch.delenv(name, raising=False)

    @contextmanager
    def block(name: str, answer: object) -> Iterator[object]:
        taken.append(name)
        yield answer
        taken.append(f"end of {name}")

    monkeypatch.setattr(demo.ports, "claim", lambda bind, port: taken.append("port") or ["127.0.0.1:8000"])
    monkeypatch.setattr(demo.prepare, "everything", lambda: taken.append("prepare"))
    monkeypatch.setattr(demo.holders, "held", lambda found: block("database", found))
    monkeypatch.setattr(demo.site, "running", lambda *_: block("site", None))
    monkeypatch.setattr(demo.bootstrap, "drop", lambda found: taken.append("drop"))
    monkeypatch.setattr(demo, "attend", lambda child, found: taken.append("attend") or 0)
    for name in ("tables", "reference", "sample", "static"):
        monkeypatch.setattr(build, name, lambda *_, name=name: taken.append(name))
    return taken


BUILT = ["tables", "reference", "sample", "static"]


def test_a_demo_asks_for_its_port_first_and_builds_before_it_serves(order: list[str]) -> None:
    assert demo.run([]) == 0
    assert order == [
        "port", "prepare", "database", *BUILT, "site", "attend", "end of site", "end of database",
    ]  # fmt: skip


def test_fresh_throws_away_what_was_made_and_nothing_else(order: list[str], tmp_path: Path) -> None:
    for name in (*demo.MADE, "log"):
        (tmp_path / name).mkdir()
    (tmp_path / "reference").write_text("done")
    password = keys.load(tmp_path)["demo"]
    assert demo.run(["--fresh"]) == 0
    assert order[:5] == ["port", "prepare", "database", "drop", "end of database"]
    assert not any((tmp_path / name).exists() for name in demo.MADE)
    assert (tmp_path / "log").is_dir()
    assert not (tmp_path / "reference").exists()
    assert keys.load(tmp_path)["demo"] == password


def test_a_second_demo_of_the_folder_touches_nothing(order: list[str], tmp_path: Path) -> None:
    with demo.site.alone(tmp_path), pytest.raises(Failed, match="already running"):
        demo.run(["--fresh"])
    assert order == ["port", "prepare"]


def test_a_taken_port_ends_it_before_anything_is_prepared(order: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(bind: str, port: int) -> list[str]:
        raise Failed(f"port {port} is already in use")

    monkeypatch.setattr(demo.ports, "claim", taken)
    with pytest.raises(Failed, match="port 8123 is already in use"):
        demo.run(["--port", "8123"])
    assert order == []


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_being_told_to_stop_is_a_good_end(end: type[BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    class Child:
        def wait(self, seconds: float) -> int:
            raise end

    assert serve.attend(Child(), None) == 0  # type: ignore[arg-type]
    assert "stopping" in capsys.readouterr().err


def test_a_supervisor_that_ends_by_itself_gives_its_code() -> None:
    class Child:
        def wait(self, seconds: float) -> int:
            return 1

    assert serve.attend(Child(), None) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(("own", "looks"), [(False, 2), (True, 0)])
def test_the_database_is_looked_after_while_the_site_runs(
    own: bool, looks: int, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    revived: list[Place] = []
    answers = iter([subprocess.TimeoutExpired("site", 2), subprocess.TimeoutExpired("site", 2), 0])

    class Child:
        def wait(self, seconds: float) -> int:
            answer = next(answers)
            if isinstance(answer, Exception):
                raise answer
            return answer

    monkeypatch.setattr(holders, "revive", revived.append)
    monkeypatch.setattr(environment, "external", lambda: own)
    assert serve.attend(Child(), place) == 0  # type: ignore[arg-type]
    assert len(revived) == looks
