"""What a served site needs beyond its programs: tables, reference data, the sample province, collected static files."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools import stamps
from tools.paths import ROOT, tool
from tools.steps import Failed, run, step

SOURCE = ROOT / "src/anzhi"
UNSERVED = ("libs", "types", "*.map")  # of vendors' packages: what no page of ours asks for


def tables(env: Mapping[str, str]) -> None:
    """Migrations, as the owner of the tables."""
    with step("database migrated"):
        _django(env, "migrate", "--no-input", "-v0")


def reference(env: Mapping[str, str], home: Path) -> None:
    """What the law and the map say; loaded again when the loaders or their data changed."""
    files = [*SOURCE.rglob("management/commands/*.py"), *SOURCE.rglob("data/*"), ROOT / "package-lock.json"]
    value = stamps.digest(files)
    stamp = home / "reference"
    if has("reference") and not (stamp.exists() and stamp.read_text() == value):
        with step("reference data"):
            _django(env, "reference", "-v0")
        stamp.write_text(value)


def sample(env: Mapping[str, str]) -> None:
    """The sample province; the command itself knows when it stands already."""
    if has("sample"):
        with step("sample province"):
            done = subprocess.run([tool("python"), "-m", "django", "sample"], env=env, stdout=sys.stderr)
        if done.returncode:
            raise Failed("the sample province could not be built; ./anzhi demo --fresh begins anew")


def static(env: Mapping[str, str]) -> None:
    """All static files in one folder under names that hold their hash; again when one changed."""
    value = static_files()
    if stamps.fresh("static", value) and (Path(env["ANZHI_VAR"]) / "static").is_dir():
        return
    with step("static files collected"):
        ignored = [word for pattern in UNSERVED for word in ("-i", pattern)]
        _django(env, "collectstatic", "--no-input", "-v0", *ignored)
    stamps.put("static", value)


def static_files() -> str:
    """One hash of what there is to collect."""
    own = [file for file in SOURCE.rglob("static/**/*") if file.is_file()]
    changed = [f"{file} {file.stat().st_mtime_ns}" for file in sorted(own)]
    settings = [*SOURCE.glob("site/settings/*.py"), SOURCE / "site/static.py"]
    return stamps.digest([ROOT / "package-lock.json", *settings], *changed, *UNSERVED)


def has(name: str) -> bool:
    """Is there a management command of this name?"""
    return any(SOURCE.rglob(f"management/commands/{name}.py"))


def _django(env: Mapping[str, str], *command: str) -> None:
    run([tool("python"), "-m", "django", *command], env=env, log=ROOT / "var/setup.log")
