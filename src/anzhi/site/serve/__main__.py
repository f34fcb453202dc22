"""`python -m anzhi.site.serve --listen 127.0.0.1:8000`, as ./anzhi calls it."""

import argparse
import os
import sys
from pathlib import Path

from anzhi.site.serve import front, plan, sockets
from anzhi.site.serve.supervisor import Supervisor


def main() -> int:
    """Write nginx's configuration, start everything, stay until told to stop."""
    parser = argparse.ArgumentParser(prog="anzhi serve")
    parser.add_argument("--listen", action="append", required=True, metavar="ADDRESS:PORT")
    parser.add_argument("--web-workers", type=int, default=2)
    options = parser.parse_args()
    var = Path(os.environ["ANZHI_VAR"])
    run, log = var / "run", var / "log"
    for folder in (run, log):
        folder.mkdir(exist_ok=True)
    places = sockets.folder(run)
    front.write(run, places, listen=options.listen)
    return Supervisor(plan.children(places, web_workers=options.web_workers), run=run, log=log).serve()


sys.exit(main())
