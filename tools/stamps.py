"""Stamps: a step that was done for these inputs is not done again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.paths import ROOT, var


def digest(files: Iterable[Path], *words: str) -> str:
    """One hash of the files' names and contents, and of the words."""
    seal = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes() if file.is_file() else b""
        seal.update(f"{file.name}\0{len(content)}\0".encode() + content)
    for word in words:
        seal.update(word.encode() + b"\0")
    return seal.hexdigest()


def _file(name: str) -> Path:
    folder = ROOT / "var/stamps" if name in {"python", "node", "messages"} else var() / "stamps"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def get(name: str) -> str:
    """What the step was last done for."""
    file = _file(name)
    return file.read_text() if file.exists() else ""


def fresh(name: str, value: str) -> bool:
    """Was the step last done for exactly this?"""
    return get(name) == value


def put(name: str, value: str) -> None:
    """The step is done for this."""
    _file(name).write_text(value)
