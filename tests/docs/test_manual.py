"""The manual says what the screen says: each bold word stands in the Chinese catalogue."""

import gettext
import re
from pathlib import Path

import pytest

from docs import shelf

PAGES = sorted((shelf.DOCS / "manual").glob("*.md"))
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


@pytest.fixture(scope="module")
def screen() -> set[str]:
    """Every Chinese word or sentence that a page can show, without its last mark."""
    catalogue = gettext.translation("django", shelf.SOURCE / "locale", ["zh_Hans"])
    return {str(text).rstrip("：。") for text in catalogue._catalog.values()}  # type: ignore[attr-defined]  # all of it


def bold(page: Path) -> list[str]:
    """What a page prints bold; its own sentences aside."""
    return [word for word in BOLD.findall(page.read_text()) if not word.endswith(("。", "？", "还没有"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_bold_words_are_on_the_screen(page: Path, screen: set[str]) -> None:
    assert [word for word in bold(page) if word not in screen] == []
