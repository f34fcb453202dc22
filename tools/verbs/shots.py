"""`./anzhi shots`: pictures of the demo's pages, from a site started for them."""

import socket
from collections.abc import Mapping
from contextlib import nullcontext

from tools import environment, options, ports, prepare, site
from tools.cluster import holders
from tools.cluster.place import Place
from tools.paths import tool, var
from tools.processes import follow
from tools.steps import Failed
from tools.verbs import demo


def run(arguments: list[str]) -> int:
    """Of a site that runs (--base), or of the demo, built where it is missing."""
    prepare.everything(dev=True)
    place = Place(var())
    if options.asks_help(arguments):
        return _take(arguments, environment.build(place))
    if any(word.split("=")[0] == "--base" for word in arguments):
        with nullcontext() if environment.external() else holders.held(place):
            return _take(arguments, demo.entered(place))
    if environment.external():
        raise Failed("ANZHI_PGHOST is set: say with --base where the site runs")
    with site.alone(place.var), holders.held(place):
        env = demo.built(place)
        port = _free_port()
        with site.running(place.var, env, [ports.written(ports.LOOPBACK, port)]):
            return _take([*arguments, "--base", f"http://localhost:{port}"], env)


def _take(arguments: list[str], env: Mapping[str, str]) -> int:
    return follow([tool("python"), "-W", "ignore", "-m", "django", "shots", *arguments], env)


def _free_port() -> int:
    with socket.create_server((ports.LOOPBACK, 0)) as probe:
        number: int = probe.getsockname()[1]
        return number
