"""The tables of the glossary are made from the code, in both languages, below what people wrote."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Choices, TextChoices
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES
from anzhi.site import words
from anzhi.site.words import MARK
from anzhi.supervision.alerts.states import Level


def rows(name: str) -> list[str]:
    """The lines of one table."""
    text = "".join(words.tables()).split(f"\n### {name}\n\n", 1)[1].split("\n###", 1)[0]
    return text.strip().splitlines()[2:]


@pytest.mark.parametrize(
    ("label", "pair"),
    [(_("Red"), ("红色", "Red")), (("元", "yuan"), ("元", "yuan")), ("plain", ("plain", "plain")), (7, ("7", "7"))],
)
def test_a_word_is_told_in_both_languages(label: Any, pair: tuple[str, str]) -> None:
    assert words.both(label) == pair


def test_a_table_has_its_heading_and_a_line_a_word() -> None:
    assert words.table("Levels", [("red", ("红色", "Red")), ("blue", ("蓝色", "Blue"))]) == (
        "\n### Levels\n\n| code | 中文 | English |\n|---|---|---|\n| `red` | 红色 | Red |\n| `blue` | 蓝色 | Blue |\n"
    )


def test_every_role_and_every_permission_has_its_line() -> None:
    assert {row.split("`")[1] for row in rows("Roles")} == set(ROLES)
    assert {row.split("`")[1] for row in rows("Permissions")} == {permission.value for permission in Permission}


def test_choices_are_told_by_app_and_class() -> None:
    assert [row.split("`")[1] for row in rows("alerts · Level")] == Level.values


def test_every_word_of_the_tables_has_its_chinese() -> None:
    lines = [line for line in "".join(words.tables()).splitlines() if line.startswith("| `")]
    bare = [line for line in lines if not line.split("|")[2].strip()]
    assert len(lines) > 200
    assert bare == []


def test_no_table_is_told_twice() -> None:
    heads = [line for line in "".join(words.tables()).splitlines() if line.startswith("### ")]
    assert len(heads) == len(set(heads))


def test_choices_are_found_however_deep_and_only_ours() -> None:
    found = words.family(Choices)
    assert Level in found
    assert TextChoices not in found
    assert all(known.__module__.startswith("anzhi.") for known in found)


def test_what_people_wrote_stays_and_what_was_written_before_goes() -> None:
    page = words.render(f"# Words\n\nOurs.\n{MARK}\nold tables")
    assert page.startswith(f"# Words\n\nOurs.\n{MARK}\n\n### Roles")
    assert "old tables" not in page
    assert words.render(page) == page


def test_a_page_without_a_mark_gets_one_at_its_end() -> None:
    assert words.render("# Words\n").startswith(f"# Words\n{MARK}\n")


@pytest.fixture
def page(settings: Any, tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    settings.ROOT = tmp_path
    found = tmp_path / "docs/glossary.md"
    found.write_text(f"Ours.\n{MARK}\n", encoding="utf-8")
    return found


def test_the_command_prints_and_leaves_the_page(page: Path) -> None:
    out = StringIO()
    call_command("glossary", stdout=out)
    assert "### Permissions" in out.getvalue()
    assert page.read_text(encoding="utf-8") == f"Ours.\n{MARK}\n"


def test_the_command_writes_the_page_and_says_nothing(page: Path) -> None:
    out = StringIO()
    call_command("glossary", write=True, stdout=out)
    assert out.getvalue() == ""
    assert "### Permissions" in page.read_text(encoding="utf-8")
    assert page.read_text(encoding="utf-8").startswith("Ours.\n")
