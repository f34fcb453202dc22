"""From words to verbs, and what each verb may know."""

import subprocess
from pathlib import Path

import pytest
from tools.cluster.place import Place
from tools.steps import Failed, run, step
from tools.verbs import manage

from tools import build, command, environment, options, prepare, stamps

HELP = (Path(__file__).parents[2] / "tools/help.txt").read_text()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A place without a cluster, and nothing of the suite's own environment."""
    for name in ("ANZHI_PGHOST", "ANZHI_DB_ROLE", "ANZHI_OWNER_PW", "ANZHI_SUPER_PW", "ANZHI_PGDATABASE"):
        monkeypatch.delenv(name, raising=False)
    found = Place(tmp_path)
    found.__dict__["home"] = tmp_path
    return found


@pytest.mark.parametrize("verb", sorted(command.VERBS))
def test_every_verb_is_in_the_help(verb: str) -> None:
    assert f"./anzhi {verb}" in HELP


def test_an_unknown_verb_is_a_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["dmeo"]) == 2
    assert "'dmeo'" in capsys.readouterr().err


def test_a_failed_step_ends_in_its_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: list[str]) -> int:
        raise Failed("no disk", 3)

    monkeypatch.setitem(command.VERBS, "demo", fail)
    assert command.main(["demo"]) == 3
    assert capsys.readouterr().err == "anzhi: no disk\n"


def test_the_web_learns_no_password_but_its_own(place: Place) -> None:
    env = environment.build(place)
    assert env["ANZHI_DB_ROLE"] == "app"
    assert "ANZHI_APP_PW" in env
    assert not {"ANZHI_OWNER_PW", "ANZHI_SUPER_PW"} & set(env)


def test_owners_and_tests_learn_more(place: Place) -> None:
    owner = environment.build(place, role="owner")
    assert "ANZHI_OWNER_PW" in owner
    assert "ANZHI_SUPER_PW" not in owner
    assert {"ANZHI_OWNER_PW", "ANZHI_SUPER_PW"} <= set(environment.build(place, superuser=True))


def test_a_database_of_ones_own_is_left_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_PGHOST", "db.example")
    env = environment.build(place)
    assert env["ANZHI_PGHOST"] == "db.example"
    assert not (place.var / "secrets.json").exists()


@pytest.mark.parametrize(
    ("words", "needed"),
    [("statements parse a.xml", False), ("statements import a.xml", True), ("help", False), ("check", True)],
)
def test_reading_a_statement_needs_no_database(words: str, needed: bool) -> None:
    assert manage.needs_database(words.split()) is needed


def test_serving_takes_a_port_that_is_one() -> None:
    assert options.serving("demo", [], fresh=True).port == 8000
    assert options.serving("demo", ["--port", "8123", "--fresh"], fresh=True).fresh
    for wrong in (["--port", "0"], ["--port", "65536"], ["--port", "x"], ["--fresh"]):
        with pytest.raises(SystemExit) as refusal:
            options.serving("serve", wrong)
        assert refusal.value.code == 2


def test_a_failing_program_shows_its_last_lines(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="it broke"):
        run(["sh", "-c", "echo it broke; exit 4"], log=tmp_path / "log")
    assert (tmp_path / "log").read_text() == "it broke\n"


def test_a_step_tells_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    with step("something"):
        pass
    with step("nothing worth telling", quiet_below=1.0):
        pass
    assert capsys.readouterr().err.split() == ["anzhi:", "something", "0.0", "s"]


def test_a_stamp_holds_for_its_inputs_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    lock = tmp_path / "lock"
    lock.write_text("1")
    stamps.put("static", stamps.digest([lock]))
    assert stamps.fresh("static", stamps.digest([lock]))
    lock.write_text("2")
    assert not stamps.fresh("static", stamps.digest([lock]))
    assert stamps.digest([lock], "a", "b") != stamps.digest([lock], "ab")


def test_tools_that_are_there_stay_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    stamp = {"python": ""}
    monkeypatch.setattr(prepare, "_runs", lambda program: True)
    monkeypatch.setattr(prepare, "UV", tmp_path)
    monkeypatch.setattr(prepare, "_sync", lambda *, dev: asked.append(dev))
    monkeypatch.setattr(prepare.stamps, "get", lambda name: stamp[name])
    monkeypatch.setattr(prepare.stamps, "put", stamp.__setitem__)
    prepare.python(dev=False)
    prepare.python(dev=False)
    prepare.python(dev=True)
    prepare.python(dev=False)
    assert asked == [False, True]
    stamp["python"] = "dev of another lock"
    prepare.python(dev=False)
    assert asked == [False, True, True]


def test_a_shared_copy_of_the_front_end_files_is_used_and_a_dead_link_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare.stamps, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "run", lambda words, **_: ran.append(words))
    (tmp_path / "package-lock.json").write_text("{}")
    link = tmp_path / "node_modules"
    link.symlink_to(link)
    prepare.node()
    assert ran == [["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]]
    assert not link.is_symlink()
    (tmp_path / "shared").mkdir()
    link.symlink_to(tmp_path / "shared")
    prepare.node()
    assert len(ran) == 1


def test_commands_that_are_not_built_are_known_to_be_absent() -> None:
    assert build.has("reference")
    assert not build.has("no_such_command")


def test_help_from_any_folder() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([root / "anzhi"], cwd="/", text=True, capture_output=True)
    assert (done.returncode, done.stdout) == (0, HELP)


def test_reading_a_statement_starts_without_django() -> None:
    assert manage.program(["statements", "parse", "f.sta", "--json"])[0] == "anzhi.supervision.funds.readers"
    assert manage.program(["bench", "all", "--json"]) == ["benchmarks", "all", "--json"]
    assert manage.program(["statements", "import", "f.sta"]) == ["django", "statements", "import", "f.sta"]
