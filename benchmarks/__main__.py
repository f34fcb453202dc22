"""`./anzhi bench NAME [--json] [--scale F]`: measure, say, and answer 1 when a limit is missed."""

import argparse
import importlib
import os
import signal
import sys
import time

import django
from tests.harness import databases

from benchmarks import scratch
from benchmarks.figures import Figure, lines, table

BENCHES = ("ingest", "alert", "rules", "tiles", "pages", "scope", "workflow")


def main() -> int:
    """Run one benchmark or all of them."""
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["TZ"] = "Asia/Shanghai"
    time.tzset()
    databases.template()
    with scratch.folder():
        django.setup()
        figures: list[Figure] = []
        for name in BENCHES if options.name == "all" else (options.name,):
            figures += measure(name, options.scale, as_json=options.json)
    if not options.json:
        print("\n".join(table(figures)))
    return int(any(figure.holds is False for figure in figures))


def arguments() -> argparse.Namespace:
    """What is asked."""
    parser = argparse.ArgumentParser(prog="anzhi bench", description=__doc__)
    parser.add_argument("name", choices=[*BENCHES, "all"])
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--scale", type=float, default=1.0, help="0.1 measures a tenth of the rows")
    return parser.parse_args()


def measure(name: str, scale: float, *, as_json: bool) -> list[Figure]:
    """One benchmark; with JSON its lines are printed at once."""
    begun = time.monotonic()
    figures: list[Figure] = importlib.import_module(f"benchmarks.{name}").run(scale)
    print(f"bench {name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    if as_json:
        print("\n".join(lines(figures)), flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
