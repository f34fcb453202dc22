"""`./anzhi serve` and `./anzhi worker`."""

import subprocess
from contextlib import nullcontext

from tools import build, environment, options, ports, prepare, site
from tools.cluster import holders
from tools.cluster.place import Place
from tools.paths import tool, var
from tools.processes import follow
from tools.steps import say

EYE = 2.0  # seconds between looks at the database


def run(arguments: list[str]) -> int:
    """All processes, on the data there is."""
    chosen = options.serving("serve", arguments)
    listen = ports.claim(chosen.bind, chosen.port)
    prepare.everything()
    place = Place(var())
    with site.alone(place.var), nullcontext() if environment.external() else holders.held(place):
        env = environment.build(place)
        build.static(env)
        with site.running(place.var, env, listen) as child:
            say(f"serving on http://localhost:{chosen.port}")
            return attend(child, place)


def attend(child: site.Process, place: Place) -> int:
    """Stay while the supervisor stays; being told to stop is a good end."""
    try:
        return _watch(child, place)
    except (KeyboardInterrupt, SystemExit):
        say("stopping")
        return 0


def _watch(child: site.Process, place: Place) -> int:
    """The supervisor mends its own children; the database is ours to mend."""
    while True:
        try:
            return child.wait(EYE)
        except subprocess.TimeoutExpired:
            if not environment.external():
                holders.revive(place)


def worker(arguments: list[str]) -> int:
    """The worker alone."""
    prepare.everything()
    place = Place(var())
    command = [tool("python"), "-m", "django", "work", *arguments]
    with nullcontext() if environment.external() else holders.held(place):
        return follow(command, environment.build(place))
