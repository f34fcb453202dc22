"""Where things lie: the project, and the folder of everything that is made (`var/`, or ANZHI_VAR)."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv/bin/python"


def var() -> Path:
    """The folder of data, secrets and logs, made when absent."""
    folder = Path(os.environ.get("ANZHI_VAR") or ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tool(name: str) -> str:
    """A program of the project's own Python environment."""
    return str(ROOT / ".venv/bin" / name)
