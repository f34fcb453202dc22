"""The options of the verbs that serve."""

import argparse
from collections.abc import Sequence

PORT = 8000


def serving(verb: str, arguments: Sequence[str], *, fresh: bool = False) -> argparse.Namespace:
    """--port, --bind, and where it makes sense --fresh."""
    parser = argparse.ArgumentParser(prog=f"./anzhi {verb}", allow_abbrev=False)
    parser.add_argument("--port", type=_port, default=PORT, help=f"the one port of the site (default {PORT})")
    parser.add_argument("--bind", default="127.0.0.1", help="the address to listen on (default: loopback only)")
    if fresh:
        parser.add_argument("--fresh", action="store_true", help="throw the demo's data away and build it anew")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number
