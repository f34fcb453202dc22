"""Which pictures are taken: of whom, how wide, in which theme, and what becomes of pages without a row."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from anzhi.foundation.accounts import demo
from anzhi.site.management.commands import shots as command
from anzhi.site.shots.pages import COUNTY, DESK, NOBODY, PAGES, PHONE, WALL, Shot, at, row
from anzhi.site.shots.taking import THEMES, Visit, views
from anzhi.supervision.funds.models import SupervisedAccount
from supervision.funds.factories import account

BOARD = Shot("board", lambda: "/board/", ("province", "county"), (WALL, DESK, PHONE))
LOGIN = Shot("login", lambda: "/login/", (NOBODY,))
GONE = Shot("alert", lambda: None, ("province",))


def test_every_person_every_screen_every_theme() -> None:
    found, absent = views([BOARD])
    assert len(found) == 2 * 3 * 2
    assert absent == []
    assert {(view.account, view.size, view.theme) for view in found} == {
        (who, size, theme) for who in BOARD.accounts for size in BOARD.sizes for theme in THEMES
    }


def test_names_are_those_of_files_and_no_two_alike() -> None:
    found, _absent = views([BOARD, LOGIN])
    names = [view.name for view in found]
    assert len(set(names)) == len(names)
    assert {"board-1920-light", "board-county-390-dark", "login-390-light"} <= set(names)


@pytest.mark.parametrize(
    ("themes", "sizes", "left"),
    [(["light"], [PHONE], 2), (["light"], [], 6), (["dark"], [DESK, PHONE], 4), (["light"], [(800, 600)], 0)],
)
def test_themes_and_screens_may_be_narrowed(themes: list[str], sizes: list[tuple[int, int]], left: int) -> None:
    found, absent = views([BOARD], themes, sizes)
    assert len(found) == left
    assert absent == []
    assert {view.theme for view in found} <= set(themes)


def test_a_page_without_a_row_is_absent_and_hides_no_other() -> None:
    found, absent = views([GONE, LOGIN], ["light"])
    assert absent == ["alert"]
    assert {view.page for view in found} == {"login"}


def test_an_address_is_known_or_that_of_the_first_row(system: None) -> None:
    assert at("funds:accounts")() == "/funds/accounts/"
    assert at("board:board", query="?region=5323")() == "/board/?region=5323"
    found = row("funds:account", lambda: SupervisedAccount.objects.order_by("-balance"))
    assert found() is None
    account(balance="5")
    rich = account(balance="9")
    assert found() == f"/funds/accounts/{rich.pk}/"


def test_pages_of_one_county_ask_for_its_rows(system: None) -> None:
    (mine,) = [shot for shot in PAGES if shot.name == "account"]
    account(region="530622", balance="900")
    assert mine.find() is None
    own = account(region=COUNTY[:6], balance="5")
    assert mine.find() == f"/funds/accounts/{own.pk}/"


@pytest.mark.parametrize(
    "shot", [shot for shot in PAGES if shot.name.startswith(("not-", "login"))], ids=lambda s: s.name
)
def test_refusals_are_pages_too(shot: Shot) -> None:
    assert shot.find()


def test_every_page_is_looked_at_on_a_phone() -> None:
    wide = {"board-prefecture"}  # a wall's picture of a place
    assert {shot.name for shot in PAGES if PHONE not in shot.sizes} == wide
    assert all(DESK in shot.sizes for shot in PAGES)


class Stand:
    """A visit that opened `url` and heard nothing of its own."""

    def __init__(self, url: str) -> None:
        self.page = type("Page", (), {"url": url})()


@pytest.mark.parametrize(
    ("fault", "excused"),
    [
        ("console: Failed to load resource: the server responded with a status of 404 () http://x/gone/", True),
        ("console: Failed to load resource: the server responded with a status of 403 () http://x/gone/", True),
        ("console: Failed to load resource: the server responded with a status of 500 () http://x/gone/", False),
        ("console: Failed to load resource: the server responded with a status of 404 () http://x/a.css", False),
        ("console: broken http://x/gone/", False),
        ("outside: http://x/gone/", False),
    ],
)
def test_only_the_status_of_the_page_itself_is_excused(fault: str, excused: bool) -> None:
    assert Visit._is_refusal(Stand("http://x/gone/"), fault) is excused  # type: ignore[arg-type]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, db: None) -> dict[str, Any]:
    """The command without a browser: pages answer the faults that are planted for them."""
    known: dict[str, Any] = {"faults": {}, "asked": [], "password": ""}
    settings.VAR = tmp_path

    class Chromium:
        def __enter__(self) -> None:
            known["browser"] = True

        def __exit__(self, *_: object) -> None:
            """Close."""

    def visits(browser: object, base: str, wanted: list, password: str, folder: Path, names: frozenset[str]) -> Any:
        known.update(base=base, password=password, folder=folder, names=names)
        for view in wanted:
            known["asked"].append(view.name)
            yield view, known["faults"].get(view.page, [])

    monkeypatch.setattr(command, "chromium", Chromium)
    monkeypatch.setattr(command.demo, "make", lambda password: known.update(made=password))
    monkeypatch.setattr(command, "visits", visits)
    monkeypatch.setattr(command, "PAGES", (BOARD, LOGIN))
    monkeypatch.delenv("ANZHI_DEMO_PASSWORD", raising=False)
    return known


def shots(*words: str) -> str:
    out = StringIO()
    call_command("shots", *words, "--base", "http://localhost:8000/", stdout=out)
    return out.getvalue()


def test_all_pages_are_taken_and_counted(taken: dict[str, Any], tmp_path: Path) -> None:
    told = shots()
    assert len(taken["asked"]) == 12 + 4
    assert told.count("✓") == 16
    assert f"16 pictures in {tmp_path / 'shots'}" in told
    assert (tmp_path / "shots").is_dir()
    assert taken["base"] == "http://localhost:8000"


def test_some_pages_by_name_in_one_theme(taken: dict[str, Any]) -> None:
    shots("login", "--theme", "dark")
    assert taken["asked"] == ["login-1440-dark", "login-390-dark"]


def test_a_fault_is_told_with_its_page_and_its_person(taken: dict[str, Any]) -> None:
    taken["faults"] = {"login": ["untranslated: Save"]}
    with pytest.raises(CommandError) as failed:
        shots("--theme", "light")
    assert str(failed.value).splitlines() == [
        "2 faults:",
        "  login-1440-light as nobody: untranslated: Save",
        "  login-390-light as nobody: untranslated: Save",
    ]
    assert len(taken["asked"]) == 8, "one fault does not end the round"


def test_a_page_without_a_row_is_a_fault_too(taken: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PAGES", (GONE, LOGIN))
    with pytest.raises(CommandError, match="alert: no such row in this database"):
        shots()
    assert len(taken["asked"]) == 4


def test_a_page_that_is_none_is_told_with_those_there_are(taken: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match="no such page: lgoin; there are: board login"):
        shots("lgoin", "board")
    assert taken["asked"] == []


def test_where_the_site_runs_must_be_said(taken: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match="--base"):
        call_command("shots")
    with pytest.raises(CommandError, match="--theme"):
        shots("--theme", "blue")


@pytest.mark.parametrize(("given", "used"), [("", demo.DEFAULT_PASSWORD), ("Another-5323-one", "Another-5323-one")])
def test_people_log_in_with_the_demos_password(
    given: str, used: str, taken: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANZHI_DEMO_PASSWORD", given)
    shots("login")
    assert taken["password"] == taken["made"] == used
    assert "county-officer" in taken["names"], "their names are no untranslated words"
