"""`./anzhi demo`: from nothing to a province on the map."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from tools import build, environment, options, ports, prepare, site
from tools.cluster import bootstrap, holders, keys
from tools.cluster.place import Place
from tools.paths import var
from tools.steps import Failed, say, step
from tools.verbs.serve import attend

MADE = ("files", "inbox", "exports", "seals")  # what the sample leaves beside the database

ACCOUNTS = """\
  province      云南省          fund monitor; also province-officer, -finance, -leader
  prefecture    楚雄州 5323     likewise prefecture-officer, -finance, -leader
  county        元谋县 532328   likewise county-officer, -finance, -leader
  other-county  another prefecture's county, likewise
  auditor · sysadmin · secadmin"""


def run(arguments: list[str]) -> int:
    """Prepare, build, serve; Ctrl-C or SIGTERM ends everything."""
    chosen = options.serving("demo", arguments, fresh=True)
    listen = ports.claim(chosen.bind, chosen.port)
    if environment.external():
        raise Failed("ANZHI_PGHOST is set: the demo builds its data in a private cluster only")
    prepare.everything()
    place = Place(var())
    with site.alone(place.var):
        if chosen.fresh:
            _forget(place)
        with holders.held(place):
            password = _build(place)
            with site.running(place.var, _app(place, password), listen) as child:
                _welcome(chosen.port, password)
                return attend(child, place)


def entered(place: Place) -> Mapping[str, str]:
    """The environment of the demo's programs, which know the password of its accounts."""
    return _app(place, _password(place))


def built(place: Place) -> Mapping[str, str]:
    """The same, once all the demo needs stands."""
    return _app(place, _build(place))


def _build(place: Place) -> str:
    owner = environment.build(place, role="owner")
    build.tables(owner)
    build.reference(owner, place.home)
    password = _password(place)
    app = _app(place, password)
    build.sample(app)
    build.static(app)
    return password


def _app(place: Place, password: str) -> Mapping[str, str]:
    return environment.build(place) | {"ANZHI_DEMO_PASSWORD": password}


def _password(place: Place) -> str:
    """The given one, kept for the next start; else the one made with the other secrets."""
    secrets = keys.load(place.var)
    given = os.environ.get("ANZHI_DEMO_PASSWORD")
    if given and given != secrets["demo"]:
        keys.write(place.var, secrets | {"demo": given})
    return given or secrets["demo"]


def _forget(place: Place) -> None:
    """The database and the files that belong to it, but only when nobody else is inside."""
    with holders.emptied(place) as empty:
        if not empty:
            raise Failed("another command uses this database; ./anzhi stop first")
    with holders.held(place), step("old data removed"):
        bootstrap.drop(place)
        (place.home / "reference").unlink(missing_ok=True)
        for name in MADE:
            shutil.rmtree(Path(place.var / name), ignore_errors=True)


def _welcome(port: int, password: str) -> None:
    say("ready")
    print(
        f"\n  http://localhost:{port}\n\n{ACCOUNTS}\n  password for all of them: {password}\n\n  Ctrl-C stops it.\n",
        flush=True,
    )
