"""Roles, extensions and databases, by the superuser, once for each state of the SQL beside this file."""

import os
import subprocess
from pathlib import Path

from tools import stamps
from tools.cluster import keys
from tools.cluster.place import PORT, Place, programs
from tools.steps import Failed, step

_HERE = Path(__file__).parent
_CONTROL = Path("/usr/share/postgresql/15/extension/postgis.control")


def ensure(place: Place, *, name: str = "anzhi") -> None:
    """Bring roles and databases to what the SQL says."""
    secrets = keys.load(place.var)
    inputs = [_HERE / "bootstrap.sql", _HERE / "database.sql", _CONTROL]
    value = stamps.digest(inputs, name, secrets["owner"], secrets["app"])
    done = place.home / "bootstrapped"
    if done.exists() and done.read_text() == value:
        return
    with step("roles and extensions"):
        given = {"name": name, "owner_pw": secrets["owner"], "app_pw": secrets["app"]}
        psql(place, "-f", str(_HERE / "bootstrap.sql"), variables=given)
    done.write_text(value)


def drop(place: Place, name: str = "anzhi") -> None:
    """Remove a database with everything in it."""
    psql(place, "-c", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    (place.home / "bootstrapped").unlink(missing_ok=True)


def psql(place: Place, *arguments: str, variables: dict[str, str] | None = None) -> str:
    """Run psql as the superuser; passwords travel by standard input and environment, never by argument."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    env |= {"PGPASSWORD": keys.load(place.var)["super"], "PGOPTIONS": "-c client_min_messages=warning"}
    command = [str(programs() / "psql"), "-qXAt", "-v", "ON_ERROR_STOP=1", "-h", str(place.socket), "-p", str(PORT)]
    setting = "".join(f"\\set {key} '{value}'\n" for key, value in (variables or {}).items())
    if setting and arguments[0] == "-f":
        file = arguments[1].replace("'", "''")
        arguments, setting = (), f"{setting}\\i '{file}'\n"
    command += ["-U", "postgres", "postgres", *arguments]
    done = subprocess.run(command, input=setting, env=env, text=True, capture_output=True)
    if done.returncode:
        raise Failed(f"psql said: {done.stderr.strip()}")
    return done.stdout
