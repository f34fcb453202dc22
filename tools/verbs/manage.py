"""`./anzhi manage …` and the verbs that are management commands of their own name."""

from collections.abc import Callable

from tools import environment, options, prepare
from tools.cluster import holders
from tools.cluster.place import Place
from tools.paths import ROOT, tool, var
from tools.processes import follow

# These change tables, so they need the role that owns them.
OWNED = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "squashmigrations", "optimizemigration"}
# This measures with rights and tools beyond the application's.
DEVELOPERS = {"bench"}


def run(arguments: list[str]) -> int:
    """One management command, with the cluster up for its time."""
    name = arguments[0] if arguments else "help"
    prepare.everything(dev=name in DEVELOPERS)
    place = Place(var())
    role = "owner" if name in OWNED else "app"
    env = environment.build(place, role=role, superuser=name in DEVELOPERS)
    if name == "bench":
        env["PYTHONPATH"] = str(ROOT)  # they lie beside the package, not in it
    command = [tool("python"), "-m", *program(arguments)]
    if environment.external() or not needs_database(arguments):
        return follow(command, env)
    with holders.held(place):
        return follow(command, env)


def program(arguments: list[str]) -> list[str]:
    """Reading a statement file starts without Django: no settings, and a quicker start. Benchmarks are no app."""
    if arguments[:2] == ["statements", "parse"]:
        return ["anzhi.supervision.funds.readers", *arguments[2:]]
    if arguments[:1] == ["bench"]:
        return ["benchmarks", *arguments[1:]]
    return ["django", *arguments]


def needs_database(arguments: list[str]) -> bool:
    """Reading a statement file, and help, work on a machine without a database."""
    if options.asks_help(arguments):
        return False
    return arguments[:2] != ["statements", "parse"] and arguments[:1] not in ([], ["help"], ["version"])


def named(name: str) -> Callable[[list[str]], int]:
    """A verb that is a management command."""
    return lambda arguments: run([name, *arguments])
