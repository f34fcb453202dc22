"""What may follow each verb: an explanation costs nothing, a misuse is refused before anything is prepared."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tools.cluster.place import Place
from tools.steps import Failed
from tools.verbs import demo, manage, prepare, serve, shots
from tools.verbs import test as testing

from tools import command, environment, options

OWN = ("demo", "serve", "setup", "messages", "lint", "stop")
PREPARED: list[bool] = []


@pytest.fixture(autouse=True)
def unprepared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[bool]:
    """Nothing is really prepared; the list says what would have been."""
    PREPARED.clear()
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    monkeypatch.setattr("tools.prepare.everything", lambda *, dev=False: PREPARED.append(dev))
    monkeypatch.setattr("tools.catalogue.check", lambda: pytest.fail("the catalogue was looked at"))
    return PREPARED


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """The programs that would have been run, with their environments."""
    found: list[tuple[list[str], dict[str, str]]] = []
    for module in (manage, serve, shots, testing):
        monkeypatch.setattr(module, "follow", lambda words, env: found.append((list(words), dict(env))) or 0)
    return found


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The clusters that would have been held; nobody's own database is in the way."""
    for name in ("ANZHI_PGHOST", "ANZHI_DB_ROLE", "ANZHI_OWNER_PW", "ANZHI_SUPER_PW"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Place, "home", property(lambda place: place.var))
    found: list[Path] = []

    class Held:
        def __init__(self, place: Place) -> None:
            self.place = place

        def __enter__(self) -> Place:
            found.append(self.place.var)
            return self.place

        def __exit__(self, *_: object) -> None:
            """Let go."""

    monkeypatch.setattr("tools.cluster.holders.held", Held)
    return found


@pytest.mark.parametrize("verb", OWN)
@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help_explains_and_does_nothing(verb: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.VERBS[verb]([word])
    assert ended.value.code == 0
    assert f"usage: ./anzhi {verb}" in capsys.readouterr().out
    assert PREPARED == []


@pytest.mark.parametrize("verb", OWN)
@pytest.mark.parametrize("word", ["now", "--force", "--hel"])
def test_a_word_too_many_is_refused_before_anything_is_done(
    verb: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.VERBS[verb]([word])
    assert ended.value.code == 2
    assert word in capsys.readouterr().err
    assert PREPARED == []


@pytest.mark.parametrize(("words", "dev"), [([], False), (["dev"], True)])
def test_setup_prepares_for_use_or_for_work(words: list[str], dev: bool) -> None:
    assert prepare.run(words) == 0
    assert [dev] == PREPARED


def test_a_word_is_one_of_those_that_are_known() -> None:
    assert options.plain("setup", ["dev"], "dev") is True
    assert options.plain("setup", [], "dev") is False
    with pytest.raises(SystemExit):
        options.plain("setup", ["dev", "dev"], "dev")


@pytest.mark.parametrize(
    ("words", "role", "superuser"),
    [
        ("migrate", "owner", False),
        ("makemigrations plans", "owner", False),
        ("reference", "app", False),
        ("shell", "app", False),
        ("bench ingest", "app", True),
    ],
)
def test_each_command_plays_its_role(
    words: str, role: str, superuser: bool, held: list[Path], followed: list, tmp_path: Path
) -> None:
    assert manage.run(words.split()) == 0
    [(program, env)] = followed
    assert env["ANZHI_DB_ROLE"] == role
    assert ("ANZHI_SUPER_PW" in env) is superuser
    assert ("ANZHI_OWNER_PW" in env) is (superuser or role == "owner")
    assert [superuser] == PREPARED
    assert program[1:] == ["-m", *manage.program(words.split())]
    assert held == [tmp_path]


@pytest.mark.parametrize("words", ["alerts run --help", "migrate -h", "statements parse a.xml", "help", ""])
def test_what_needs_no_database_starts_none(words: str, held: list[Path], followed: list) -> None:
    assert manage.run(words.split()) == 0
    assert len(followed) == 1
    assert held == []


def test_a_database_of_ones_own_is_not_held(held: list[Path], followed: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHI_PGHOST", "db.example")
    assert manage.run(["check"]) == 0
    assert serve.worker([]) == 0
    assert held == []
    assert {env["ANZHI_PGHOST"] for _words, env in followed} == {"db.example"}


@pytest.mark.parametrize("verb", ["statements", "alerts", "audit", "bench"])
def test_four_commands_are_verbs_of_their_own(verb: str, held: list[Path], followed: list) -> None:
    assert command.VERBS[verb](["one", "--two"]) == 0
    [(program, _env)] = followed
    assert program[-2:] == ["one", "--two"]
    assert verb in program or "benchmarks" in program


def test_a_worker_gets_the_words_that_follow(held: list[Path], followed: list) -> None:
    assert serve.worker(["--queue", "alerts"]) == 0
    assert followed[0][0][1:] == ["-m", "django", "work", "--queue", "alerts"]


def test_the_code_of_a_program_is_the_code_of_the_verb(held: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manage, "follow", lambda words, env: 7)
    assert command.main(["manage", "check"]) == 7


def test_tests_run_on_their_own_cluster_with_their_own_settings(
    held: list[Path], followed: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.setenv("ANZHI_PG_UNSAFE", "")
    assert testing.alone(["-n", "0", "tests/docs"]) == 0
    [(program, env)] = followed
    assert program[1:] == ["-m", "pytest", "-n", "0", "tests/docs"]
    assert env["DJANGO_SETTINGS_MODULE"] == environment.TEST
    assert env["ANZHI_SUPER_PW"]
    assert held == [tmp_path / "test"]


@pytest.mark.parametrize(("faulty", "code", "answer"), [([], 0, 0), (["types"], 0, 1), ([], 5, 5), (["types"], 5, 5)])
def test_a_fault_of_linters_or_tests_is_a_fault_of_the_whole(
    faulty: list[str], code: int, answer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(testing, "_linters", lambda place: faulty)
    monkeypatch.setattr(testing, "_pytest", lambda words: asked.append(list(words)) or code)
    assert testing.everything([]) == answer
    assert testing.everything(["tests/docs"]) == answer
    assert asked == [["-n", "2", "--cov", "--cov-branch"], ["-n", "2", "tests/docs"]]


@pytest.mark.parametrize(("faulty", "code"), [([], 0), (["ruff check"], 1)])
def test_lint_answers_by_its_code(faulty: list[str], code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "_linters", lambda place: faulty)
    assert testing.lint([]) == code
    assert PREPARED == [True]


def test_pictures_of_a_site_that_runs_start_nothing(
    held: list[Path], followed: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.site.running", lambda *_: pytest.fail("a site was started"))
    assert shots.run(["board", "--base=http://localhost:8000"]) == 0
    [(program, env)] = followed
    assert program[-3:] == ["shots", "board", "--base=http://localhost:8000"]
    assert env["ANZHI_DEMO_PASSWORD"]
    assert held == [tmp_path]


def test_pictures_explain_themselves_without_a_province(held: list[Path], followed: list) -> None:
    assert shots.run(["--help"]) == 0
    assert followed[0][0][-2:] == ["shots", "--help"]
    assert held == []


@pytest.mark.parametrize("run", [shots.run, demo.run], ids=["shots", "demo"])
def test_what_builds_a_province_takes_no_database_of_ones_own(
    run: Callable[[list[str]], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANZHI_PGHOST", "db.example")
    monkeypatch.setattr("tools.ports.claim", lambda bind, port: ["127.0.0.1:1"])
    with pytest.raises(Failed, match="ANZHI_PGHOST is set"):
        run([])


def test_words_come_without_a_verb() -> None:
    assert command.main([]) == 2


def test_ctrl_c_is_a_quiet_end(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(words: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(command.VERBS, "manage", interrupted)
    assert command.main(["manage"]) == 130
    assert capsys.readouterr().err == ""
