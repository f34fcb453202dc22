"""Funds tests keep raw files in a folder of their own; `spoken` lets events stand for a file."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from anzhi.supervision.funds.readers.model import Event, Format
from anzhi.supervision.funds.services import importing

KIND = Format("camt.053", "08")


@pytest.fixture(autouse=True)
def own_files(settings: object, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    settings.INBOX_ROOT = tmp_path / "inbox"  # type: ignore[attr-defined]


def speak(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files hold pickled events."""

    def read(path: Path, mapping: str, account: str) -> Iterator[Event]:
        yield from pickle.loads(path.read_bytes())[1]

    monkeypatch.setattr(importing, "read", read)
    monkeypatch.setattr(importing, "detect", lambda path, mapping: KIND)


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, system: None) -> None:
    """Files hold pickled events; everything runs in system scope."""
    speak(monkeypatch)
