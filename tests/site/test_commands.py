"""Every management command of ours: it explains itself, refuses what it does not know, and may be repeated."""

import os
from argparse import SUPPRESS
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand

from anzhi.foundation.accounts.models import Agency, User
from anzhi.foundation.calendar.models import Year
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.foundation.regions.models import Boundary, Region
from anzhi.network.projects.models import Project
from anzhi.supervision.alerts.models import RuleVersion
from anzhi.supervision.funds.models import Bank

ROOT = Path(__file__).parents[2]
OURS = sorted(name for name, app in get_commands().items() if str(app).startswith("anzhi."))
COMMON = {
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
}
LOADED: dict[str, Callable[[], int]] = {
    "load_parameters": RuleParameter.objects.count,
    "load_holidays": Year.objects.count,
    "load_regions": Region.objects.count,
    "load_boundaries": Boundary.objects.count,
    "load_agencies": Agency.objects.count,
    "load_banks": Bank.objects.count,
    "load_rules": RuleVersion.objects.count,
}


def command(name: str) -> BaseCommand:
    return load_command_class(get_commands()[name], name)


def ran(name: str, *words: str, **options: Any) -> str:
    out = StringIO()
    call_command(name, *words, stdout=out, **options)
    return out.getvalue()


def test_every_file_of_a_command_is_a_command() -> None:
    files = {path.stem for path in ROOT.glob("src/anzhi/**/management/commands/*.py")} - {"__init__"}
    assert files == set(OURS)


@pytest.mark.parametrize("name", OURS)
def test_a_command_says_what_it_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = command(name).create_parser("manage", name)
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert len(command(name).help.strip()) > 20
    assert command(name).help.split()[0] in told


@pytest.mark.parametrize("name", OURS)
def test_every_option_of_its_own_is_explained_or_speaks_for_itself(name: str) -> None:
    own = [act for act in command(name).create_parser("manage", name)._actions if act.dest not in COMMON]
    plain = {"write", "strict", "loop", "commit", "file", "verb", "username", "name", "level", "source", "valid_from"}
    silent = [act.dest for act in own if not act.help and act.dest not in plain | {"number", "concurrency"}]
    assert silent == []
    assert all(act.help is not SUPPRESS for act in own)


@pytest.mark.parametrize("name", [name for name in OURS if name != "statements"])
def test_a_word_that_no_command_knows_is_refused(name: str) -> None:
    with pytest.raises(CommandError):
        call_command(name, "--no-such-option", stdout=StringIO())


@pytest.mark.parametrize("name", settings.REFERENCE_LOADERS)
def test_a_loader_run_again_adds_nothing(name: str, system: None) -> None:
    before = LOADED[name]()
    assert before > 0
    ran(name, verbosity=1)
    assert LOADED[name]() == before


@pytest.mark.parametrize("name", [*settings.REFERENCE_LOADERS, "load_projects"])
def test_a_loader_can_be_silent(name: str, system: None) -> None:
    assert ran(name, verbosity=0) == ""


def test_projects_are_loaded_once(system: None) -> None:
    first = Project.objects.count()
    told = ran("load_projects")
    assert told == f"{Project.objects.count() - first} projects added\n"
    assert ran("load_projects") == "0 projects added\n"


def test_reference_data_are_loaded_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "anzhi.site.management.commands.reference.call_command",
        lambda name, verbosity: asked.append((name, verbosity)),
    )
    call_command("reference", verbosity=0)
    assert asked == [(name, 0) for name in settings.REFERENCE_LOADERS]


def test_a_loader_that_fails_ends_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def broken(name: str, verbosity: int) -> None:
        asked.append(name)
        raise CommandError("no such file")

    monkeypatch.setattr("anzhi.site.management.commands.reference.call_command", broken)
    with pytest.raises(CommandError, match="no such file"):
        call_command("reference")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("name", "page"),
    [("permissions", "permissions.md"), ("events", "events.md"), ("glossary", "glossary.md"), ("urls", "urls.txt")],
)
def test_what_a_command_prints_is_what_its_page_holds(name: str, page: str) -> None:
    assert ran(name).rstrip("\n") == (ROOT / "docs" / page).read_text(encoding="utf-8").rstrip("\n")


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    settings.ROOT = tmp_path
    return tmp_path / "docs"


def test_events_are_written_where_they_belong(elsewhere: Path) -> None:
    assert ran("events", write=True) == ""
    assert (elsewhere / "events.md").read_text(encoding="utf-8") == (ROOT / "docs/events.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("name", ["sample", "demo_accounts"])
def test_what_is_for_demonstrations_is_refused_in_real_life(name: str, settings: Any, system: None) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo"):
        ran(name)
    assert not User.objects.exists()


def test_demo_accounts_tell_their_password_only_when_it_is_the_printed_one(
    system: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANZHI_DEMO_PASSWORD", "A-given-5323-one")
    told = ran("demo_accounts")
    assert "A-given-5323-one" not in told
    assert "ANZHI_DEMO_PASSWORD" in told
    assert ran("demo_accounts", verbosity=0) == ""
    assert User.objects.get(username="county").check_password(os.environ["ANZHI_DEMO_PASSWORD"])


@pytest.mark.parametrize("words", [[], ["verify", "--from", "yesterday"], ["check"]])
def test_the_trail_is_verified_by_day_or_not_at_all(words: list[str], system: None) -> None:
    with pytest.raises((CommandError, SystemExit)) as refused:
        ran("audit", *words)
    assert str(refused.value) or refused.value.args


def test_the_trail_of_an_empty_installation_is_whole(system: None) -> None:
    assert "0" in ran("audit", "verify")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "--as-of", "soon"], "--as-of"),
        (["list", "--level", "purple"], "--level"),
        (["list", "--type", "NO_SUCH"], "--type"),
        (["explain"], "number"),
        (["explain", "YJ-0"], "no alert YJ-0"),
        (["forget"], "forget"),
        ([], "verb"),
    ],
)
def test_alerts_refuse_with_what_was_wrong(words: list[str], said: str, system: None) -> None:
    with pytest.raises(CommandError, match=said):
        ran("alerts", *words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import"], "paths"),
        (["import", "/no/such/file.xml"], "no such file or folder"),
        (["erase", "a"], "invalid choice"),
    ],
)
def test_statements_refuse_with_what_was_wrong(
    words: list[str], said: str, system: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises((CommandError, SystemExit)) as refused:
        ran("statements", *words)
    assert said in str(refused.value) + capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["/no/such.geojson"], "no such file"),
        (["a.geojson", "--level", "village"], "--level"),
        (["a.geojson", "--valid-from", "2026"], "--valid-from"),
    ],
)
def test_boundaries_refuse_with_what_was_wrong(words: list[str], said: str, system: None) -> None:
    with pytest.raises(CommandError, match=said):
        ran("import_boundaries", *words)


@pytest.mark.parametrize("words", [["--concurrency", "many"], ["--grace", "soon"], ["--queue"]])
def test_a_worker_refuses_numbers_that_are_none(words: list[str]) -> None:
    with pytest.raises(CommandError, match=words[0]):
        ran("work", *words)


def test_figures_that_fit_are_told_one_a_line(system: None) -> None:
    lines = ran("rebuild_indicators", "--strict").splitlines()
    assert lines
    assert all(line.endswith(": 0 differing") for line in lines)
