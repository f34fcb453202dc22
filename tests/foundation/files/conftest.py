"""A folder for files, and a thing that owns them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from anzhi.foundation.access.scope import region_scope
from harness import people


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """FILES_ROOT of one test."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def owner(db: None, folder: Path) -> Iterator[object]:
    """Anything with a region can own files: here an office, in the scope of its county."""
    agency = people.agency_at("532328")
    with region_scope("532328"):
        yield agency
