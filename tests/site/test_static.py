"""Names of static files, with and without their hash."""

import re
from pathlib import Path

import pytest

from anzhi.site.static import HashedFiles


@pytest.fixture
def files(tmp_path: Path) -> HashedFiles:
    """A static root with one file, nothing collected yet."""
    (tmp_path / "a.css").write_text("a { color: red }")
    (tmp_path / "b.css").write_text("@import url('absent.css'); a { background: url('a.css') }")
    return HashedFiles(location=str(tmp_path), base_url="/static/")


def test_a_file_that_is_there_has_its_hash_in_its_name(files: HashedFiles) -> None:
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", files.hashed_name("a.css"))


def test_a_file_that_is_not_there_keeps_its_plain_name(files: HashedFiles) -> None:
    assert files.stored_name("absent.png") == "absent.png"


def test_a_vendor_file_with_a_dead_reference_is_collected_all_the_same(files: HashedFiles, tmp_path: Path) -> None:
    done = list(files.post_process({name: (files, name) for name in ("a.css", "b.css")}))
    assert not [error for _, _, error in done if isinstance(error, Exception)]
    text = next(tmp_path.glob("b.*.css")).read_text()
    assert "absent.css" in text
    assert re.search(r"a\.[0-9a-f]{12}\.css", text)
