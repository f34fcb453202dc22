"""Fixtures of the tests of ./anzhi."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.folders import Var


def _made(parent: Path) -> Iterator[Var]:
    made = Var(parent / "a var")
    made.folder.mkdir()
    yield made
    made.clear()


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Var]:
    """A var folder with a space in its name."""
    yield from _made(tmp_path)


@pytest.fixture(scope="module")
def shared_var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Var]:
    """One for the tests of a module that leave it as they found it."""
    yield from _made(tmp_path_factory.mktemp("shared"))
