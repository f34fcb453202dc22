"""What the demo decides before and beside its processes."""

from pathlib import Path

import pytest
from tools.cluster import holders, keys
from tools.cluster.place import Place
from tools.steps import Failed
from tools.verbs import demo, stop
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
