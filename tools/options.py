"""What may follow a verb; anything else is a misuse and ends with 2."""

import argparse
from collections.abc import Sequence

PORT = 8000
MORE = "./anzhi help says what each command does."


def serving(verb: str, arguments: Sequence[str], *, fresh: bool = False) -> argparse.Namespace:
    """--port, --bind, and where it makes sense --fresh."""
    parser = argparse.ArgumentParser(prog=f"./anzhi {verb}", allow_abbrev=False)
    parser.add_argument("--port", type=_port, default=PORT, help=f"the one port of the site (default {PORT})")
    parser.add_argument("--bind", default="127.0.0.1", help="the address to listen on (default: loopback only)")
    if fresh:
        parser.add_argument("--fresh", action="store_true", help="throw the demo's data away and build it anew")
    return parser.parse_args(arguments)


def plain(verb: str, arguments: Sequence[str], *words: str) -> bool:
    """Nothing, or one of these words; the answer says whether a word was given. --help does no more than explain."""
    parser = argparse.ArgumentParser(prog=f"./anzhi {verb}", epilog=MORE, allow_abbrev=False)
    if words:
        parser.add_argument("word", nargs="?", choices=words)
    return bool(getattr(parser.parse_args(arguments), "word", None))


def asks_help(arguments: Sequence[str]) -> bool:
    """Is only an explanation wanted? Then nothing is built or started for it."""
    return bool({"-h", "--help"} & set(arguments))


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number
