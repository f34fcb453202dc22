"""`./anzhi serve` and `./anzhi worker`."""

from tools import environment, prepare
from tools.cluster import holders
from tools.cluster.place import Place
from tools.paths import tool, var
from tools.processes import follow


def run(arguments: list[str]) -> int:
    """All processes, on the data there is."""
    return _with_cluster(["-m", "anzhi.site.serve", *arguments])


def worker(arguments: list[str]) -> int:
    """The worker alone."""
    return _with_cluster(["-m", "django", "work", *arguments])


def _with_cluster(arguments: list[str]) -> int:
    prepare.everything()
    place = Place(var())
    env = environment.build(place)
    command = [tool("python"), *arguments]
    if environment.external():
        return follow(command, env)
    with holders.held(place):
        return follow(command, env)
