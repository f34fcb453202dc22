"""The pages on the shelf, and what is in the repository."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/anzhi"
DOCS = ROOT / "docs"
LEFT_OUT = {".venv", "node_modules", "var", ".git"}
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


@cache
def tracked() -> list[Path]:
    """Files of the repository; of an unpacked archive, all that lies there."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if asked.returncode:
        found = (path for path in ROOT.rglob("*") if not LEFT_OUT & set(path.relative_to(ROOT).parts))
        return sorted(path for path in found if path.is_file())
    return sorted(path for name in asked.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())


def pages() -> list[Path]:
    """Every page of documentation."""
    return [path for path in tracked() if path.suffix == ".md"]


def prose(path: Path) -> str:
    """A page without its blocks of code."""
    return FENCED.sub("", path.read_text())


def name(path: Path) -> str:
    """As people write it."""
    return str(path.relative_to(ROOT))
