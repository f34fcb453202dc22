"""The three things beside Debian's packages: Python environment, front-end files, compiled translations."""

import fcntl
import os
import sys
from pathlib import Path

from tools import catalogue, stamps
from tools.paths import PYTHON, ROOT
from tools.steps import run, step

UV = ROOT / "var/uv/bin/uv"
LOG = ROOT / "var/setup.log"


def everything(*, dev: bool = False) -> None:
    """Prepare what a verb needs; seconds when nothing changed."""
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two terminals, one environment
        python(dev=dev)
        node()
        catalogue.refresh()


def python(*, dev: bool) -> None:
    """The environment of uv.lock, by a pinned uv; the developers' one serves the demo as well."""
    inputs = [ROOT / "uv.lock", ROOT / "pyproject.toml", ROOT / "tools/uv.txt"]
    lock = stamps.digest(inputs)
    made = stamps.get("python") if _runs(PYTHON) else ""
    dev = dev or made.startswith("dev")  # tools that are there stay there
    if made == f"dev {lock}" or (not dev and made == f"base {lock}"):
        return
    if not _runs(UV.with_name("python")) or not UV.exists():
        with step("uv"):
            run([sys.executable, "-m", "venv", "--clear", str(UV.parents[1])], log=LOG)
            run([str(UV.with_name("pip")), "install", "-q", "--require-hashes", "-r", str(inputs[2])], log=LOG)
    with step("Python environment" + (" with development tools" if dev else "")):
        _sync(dev=dev)
    stamps.put("python", f"{'dev' if dev else 'base'} {lock}")


def _runs(program: Path) -> bool:
    """A moved folder or a removed Python leaves links that point nowhere."""
    return program.exists() and os.access(program, os.X_OK)


def _resolves(link: Path) -> bool:
    try:
        return link.resolve(strict=True).is_dir()
    except (OSError, RuntimeError):  # a link to nowhere, or to itself
        return False


def _sync(*, dev: bool) -> None:
    env = {k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    env |= {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")}
    if not _runs(PYTHON):
        run([str(UV), "venv", "--clear", "--python", sys.executable, str(ROOT / ".venv")], env=env, cwd=ROOT, log=LOG)
    groups = ["--group", "dev"] if dev else ["--no-dev"]
    run([str(UV), "sync", "--locked", "--inexact", "--no-progress", *groups], env=env, cwd=ROOT, log=LOG)


def node() -> None:
    """The front-end files of package-lock.json, without running their scripts."""
    folder = ROOT / "node_modules"
    lock = stamps.digest([ROOT / "package-lock.json"])
    if folder.is_symlink() and _resolves(folder):
        return  # somebody shares one copy between work trees
    if folder.is_dir() and stamps.fresh("node", lock):
        return
    if folder.is_symlink():
        folder.unlink()
    with step("front-end files"):
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, log=LOG)
    stamps.put("node", lock)
