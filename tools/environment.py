"""The environment Django runs in: where its database is, which role it plays, which secrets it may know."""

import os
from pathlib import Path

from tools.cluster import keys
from tools.cluster.place import Place

DEV = "anzhi.site.settings.dev"
TEST = "anzhi.site.settings.test"


def external() -> bool:
    """Has the operator a database of their own? Then all names come from them, and no cluster is ours."""
    return bool(os.environ.get("ANZHI_PGHOST"))


def build(place: Place, *, role: str = "app", settings: str = DEV, superuser: bool = False) -> dict[str, str]:
    """A copy of our environment with Django's names set; a web process never learns the owner's password."""
    env = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    env.setdefault("DJANGO_SETTINGS_MODULE", settings)
    env["PATH"] = os.pathsep.join([env.get("PATH", os.defpath), "/usr/sbin"])
    env["ANZHI_DB_ROLE"] = env.get("ANZHI_DB_ROLE") or role
    if external():
        return env
    secrets = keys.load(place.var)
    env |= {
        "ANZHI_VAR": str(place.var),
        "ANZHI_PGHOST": str(place.socket),
        "ANZHI_PGDATABASE": env.get("ANZHI_PGDATABASE") or "anzhi",
        "ANZHI_APP_PW": secrets["app"],
        "ANZHI_SECRET_KEY": secrets["django"],
        "ANZHI_FIELD_KEY": secrets["field_key"],
        "ANZHI_INDEX_KEY": secrets["index_key"],
    }
    if env["ANZHI_DB_ROLE"] == "owner" or superuser:
        env["ANZHI_OWNER_PW"] = secrets["owner"]
    if superuser:
        env["ANZHI_SUPER_PW"] = secrets["super"]
    return env


def testing(var: Path) -> Place:
    """The throw-away cluster of the tests: quick, and never the demo's."""
    place = Place(var / "test")
    place.var.mkdir(exist_ok=True)
    os.environ["ANZHI_PG_UNSAFE"] = "1"
    os.environ.setdefault("ANZHI_PG_BUFFERS", "256MB")
    return place
