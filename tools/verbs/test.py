"""`./anzhi lint`, `./anzhi test`, `./anzhi pytest`."""

import os
from collections.abc import Callable, Sequence
from functools import partial

from tools import catalogue, environment, options, prepare
from tools.cluster import holders
from tools.cluster.place import Place
from tools.paths import ROOT, tool, var
from tools.processes import follow
from tools.steps import Failed, run, say, step

LINTERS: dict[str, list[str]] = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "import contracts": ["lint-imports", "--no-logo"],
    "templates": ["djlint", "--lint", "--quiet", "src"],
    "types": ["mypy", "--no-error-summary"],
}


def lint(arguments: list[str]) -> int:
    """All linters; the first fault of each is printed, none hides another."""
    options.plain("lint", arguments)
    prepare.everything(dev=True)
    return 1 if _linters(Place(var())) else 0


def everything(arguments: list[str]) -> int:
    """Linters, then all tests with coverage (without, where arguments choose some of them)."""
    prepare.everything(dev=True)
    faulty = _linters(environment.testing(var()))
    if faulty:
        say(f"not clean: {', '.join(faulty)}; the tests run all the same, the exit code will be 1")
    coverage = [] if arguments else ["--cov", "--cov-branch"]
    return _pytest(["-n", "2", *coverage, *arguments]) or (1 if faulty else 0)


def alone(arguments: list[str]) -> int:
    """Pytest with the given arguments and no linters."""
    prepare.everything(dev=True)
    return _pytest(arguments)


def _pytest(arguments: Sequence[str]) -> int:
    place = environment.testing(var())
    with holders.held(place):
        env = environment.build(place, settings=environment.TEST, superuser=True)
        os.chdir(ROOT)
        return follow([tool("python"), "-m", "pytest", *arguments], env)


def _linters(place: Place) -> list[str]:
    """The names of those that found something."""
    env = environment.build(place, settings=environment.TEST)
    checks: dict[str, Callable[[], None]] = {"translations": catalogue.check}
    for name, command in LINTERS.items():
        checks[name] = partial(run, [tool(command[0]), *command[1:]], env=env, cwd=ROOT, lines=200)
    return [name for name, check in checks.items() if not _clean(name, check)]


def _clean(name: str, check: Callable[[], None]) -> bool:
    try:
        with step(name):
            check()
    except Failed as fault:
        say(str(fault))
        return False
    return True
