"""nginx's configuration, from the template beside this file."""

import os
import resource
import shutil
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
MOST_CONNECTIONS = 4096


def render(*, listen: Sequence[str], root: bool, files: int, scheme: str = "$scheme", sockets: str = "") -> str:
    """The text: where to listen, as whom, how many connections the open-files limit allows."""
    values = {
        "USER": "user root;" if root else "",
        "CONNECTIONS": str(max(64, min(MOST_CONNECTIONS, files // 2 - 32))),
        "LISTEN": "\n".join(f"        listen {address};" for address in listen),
        "SCHEME": scheme,
        "SOCKETS": sockets,
    }
    text = (HERE / "nginx.conf").read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def write(run: Path, sockets: Path, *, listen: Sequence[str]) -> None:
    """Write the configuration and what it refers to into the run folder."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    scheme = os.environ.get("ANZHI_SCHEME", "$scheme")
    near = "" if sockets == run else f"{sockets}/"
    (run / "nginx.conf").write_text(
        render(listen=listen, root=os.geteuid() == 0, files=hard, scheme=scheme, sockets=near)
    )
    shutil.rmtree(run / "tmp", ignore_errors=True)  # half an upload of a killed nginx, or another account's folders
    (run / "tmp").mkdir(exist_ok=True)
    shutil.copyfile(HERE / "away.html", run / "away.html")
