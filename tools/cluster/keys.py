"""The secrets of one var folder: made once, readable by their owner alone."""

import json
import os
import secrets
from pathlib import Path

from tools.steps import Failed


def load(var: Path) -> dict[str, str]:
    """The secrets, made when there are none yet; keys that came later are added."""
    file = var / "secrets.json"
    known = _read(file)
    if (var / "pg/data/PG_VERSION").exists() and not known:
        raise Failed(f"{file} is gone, and {var / 'pg'} opens with nothing else: restore or remove both")
    whole = _made() | known
    if whole != known:
        write(var, whole)
    return whole


def write(var: Path, values: dict[str, str]) -> None:
    """Replace the file, at no moment readable by others."""
    new = var / f"secrets.json.{os.getpid()}"
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(values, out, indent=1)
    new.replace(var / "secrets.json")


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    if file.stat().st_mode & 0o077:
        file.chmod(0o600)
    values: dict[str, str] = json.loads(file.read_text())
    return values


def _made() -> dict[str, str]:
    passwords = {name: secrets.token_urlsafe(24) for name in ("super", "owner", "app")}
    keys = {name: secrets.token_hex(32) for name in ("django", "field_key", "index_key")}
    return passwords | keys | {"demo": secrets.token_urlsafe(9)}
