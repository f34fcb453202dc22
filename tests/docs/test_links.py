"""A link within the repository leads to something."""

import re
from pathlib import Path

import pytest

from docs import shelf

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
PATH = re.compile(r"`((?:docs|tools|tests|deploy|benchmarks)/[\w./-]+\.(?:md|py|sql|toml|csv|txt))`")


def anchor(heading: str) -> str:
    """The address of a heading as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def faults(page: Path) -> list[str]:
    """Links of a page that lead nowhere."""
    found = []
    for target in LINK.findall(shelf.prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, mark = target.partition("#")
        aim = (page.parent / place).resolve() if place else page
        headings = map(anchor, HEADING.findall(aim.read_text())) if mark and aim.is_file() else [mark]
        if not aim.exists() or mark not in headings:
            found.append(target)
    return found


@pytest.mark.parametrize("page", shelf.pages(), ids=shelf.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert faults(page) == []


@pytest.mark.parametrize("page", shelf.pages(), ids=shelf.name)
def test_files_named_in_passing_exist(page: Path) -> None:
    assert [path for path in PATH.findall(page.read_text()) if not (shelf.ROOT / path).exists()] == []


def test_a_dead_link_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One two\n[here](#one-two) [gone](gone.md) [no](#three) [out](https://example.org)\n")
    assert faults(page) == ["gone.md", "#three"]
