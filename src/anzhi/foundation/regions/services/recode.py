"""A county, town or village takes another code, and the rows of every app with it."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import door as audit
from anzhi.foundation.regions import codes, names, recoding
from anzhi.foundation.regions.models import Region
from anzhi.foundation.regions.reference import register

# units of the old code, each with the code it gets
COPY_UNITS = """
INSERT INTO regions_region (code, name, short_name, name_en, level, parent_id, valid_from, validity_note)
SELECT %(new)s || substr(code, %(from)s), name, short_name, name_en, level,
       CASE WHEN code = %(code)s THEN parent_id ELSE %(new)s || substr(parent_id, %(from)s) END, %(on)s, ''
  FROM regions_region WHERE code >= %(old)s AND code < %(old)s || ':' AND valid_to IS NULL
    ON CONFLICT (code) DO NOTHING
"""
CLOSE_UNITS = """
UPDATE regions_region SET valid_to = %(last)s, successor_id = %(new)s || substr(code, %(from)s)
 WHERE code >= %(old)s AND code < %(old)s || ':' AND valid_to IS NULL
"""
COPY_BOUNDARIES = """
INSERT INTO regions_boundary
       (edition_id, region_id, level, band, geometry, geometry_3857, label_point, area_km2, valid_from)
SELECT edition_id, %(new)s || substr(region_id, %(from)s), level, band, geometry, geometry_3857, label_point,
       area_km2, %(on)s
  FROM regions_boundary WHERE region_id >= %(old)s AND region_id < %(old)s || ':' AND valid_to IS NULL
    ON CONFLICT DO NOTHING
"""
CLOSE_BOUNDARIES = """
UPDATE regions_boundary SET valid_to = %(last)s
 WHERE region_id >= %(old)s AND region_id < %(old)s || ':' AND valid_to IS NULL
"""
REWRITE = """
UPDATE {table} SET {column} = %(new)s || substr({column}, %(from)s)
 WHERE {column} >= %(old)s AND {column} < %(end)s
"""


class NotRecodable(ValueError):
    """The two codes cannot follow each other; the message is a sentence."""


def recode(*, by: Actor, old: str, new: str, on: date, name: str = "", short_name: str = "") -> dict[str, int]:
    """From day `on`, the unit `old` and all inside it carry the code `new`; returns rows rewritten by table.

    The old units stay, closed, with their successors. Rows of every app move in the same transaction. A unit with
    nothing below it may join one that stands (two villages become one); then `new` is that one's code.
    """
    region = _recodable(old, new, on)
    demand(by, Permission.REGION_IMPORT, on=region)
    values = _values(old, new, on)
    with system_scope(by.name), audit.action("region.recoded", by=by, on=region, new=new, valid_from=on) as facts:
        with connection.cursor() as cursor:
            for statement in (COPY_UNITS, COPY_BOUNDARIES, CLOSE_BOUNDARIES, CLOSE_UNITS):
                cursor.execute(statement, values)
            moved = {f"{place.table}.{place.column}": _rewrite(cursor, place, values) for place in recoding.columns()}
        if name:
            Region.objects.filter(code=new).update(name=name, short_name=short_name or name)
        register.bump()
        facts["rows"] = {place: count for place, count in moved.items() if count}
        transaction.on_commit(names.forget)
    names.forget()
    return facts["rows"]


def _values(old: str, new: str, on: date) -> dict[str, Any]:
    start = codes.prefix(old)
    return {
        "code": old,
        "old": start,
        "end": start + ":",
        "new": codes.prefix(new),
        "from": len(start) + 1,
        "on": on,
        "last": on - timedelta(days=1),
    }


def _recodable(old: str, new: str, on: date) -> Region:
    region = Region.objects.filter(code=old).first()
    if region is None:
        raise NotRecodable(_("There is no region with the code %(code)s.") % {"code": old})
    if region.valid_to is not None:
        raise NotRecodable(_("%(name)s (%(code)s) is closed already.") % {"name": region.name, "code": old})
    if codes.level(old) != codes.level(new) or old == new or region.level in {"province", "prefecture"}:
        raise NotRecodable(_("A county, town or village can only take another code of its own tier."))
    if codes.parent(old) != codes.parent(new):
        raise NotRecodable(_("The new code lies in another region; move the unit there first."))
    if region.valid_from and on <= region.valid_from:
        facts = {"name": region.name, "day": region.valid_from}
        raise NotRecodable(_("%(name)s exists from %(day)s on only; name a later day.") % facts)
    _free(new, region)
    return region


def _free(new: str, region: Region) -> None:
    """A code that stands can only be joined, one that is closed is never given again."""
    taken = Region.objects.filter(code=new).first()
    if taken is None:
        return
    facts = {"name": taken.name, "code": new}
    if taken.valid_to is not None:
        raise NotRecodable(_("%(code)s was the code of %(name)s; a closed code is never given again.") % facts)
    if region.children.filter(valid_to=None).exists():
        raise NotRecodable(
            _("%(name)s (%(code)s) stands; only a unit with nothing below it can be joined to it.") % facts
        )


def _rewrite(cursor: Any, place: recoding.Column, values: dict[str, Any]) -> int:
    statement = sql.SQL(REWRITE).format(table=sql.Identifier(place.table), column=sql.Identifier(place.column))
    cursor.execute(statement, values)
    return cursor.rowcount
