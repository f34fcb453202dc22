"""Each kind of finding as a sentence, with what the person can do about it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from anzhi.foundation.regions.points import SHIFT_NAMES

SENTENCES = {
    # the file
    "file_size": gettext_noop("The file is empty or larger than %(limit)s bytes."),
    "unknown_format": gettext_noop("The file is neither GeoJSON, GeoPackage nor a zip with a shapefile."),
    "not_utf8": gettext_noop("The file is not UTF-8 text (byte %(byte)s)."),
    "not_json": gettext_noop("The file is not valid JSON (line %(line)s, column %(column)s)."),
    "nan_in_json": gettext_noop("The file holds %(constant)s where a number must stand."),
    "no_features": gettext_noop("The file is JSON, but no collection of features."),
    "not_geopackage": gettext_noop("The file is SQLite, but no readable GeoPackage: %(reason)s."),
    "layers": gettext_noop("The file must hold exactly one layer; it holds %(count)s."),
    "not_a_zip": gettext_noop("The zip file is damaged: %(reason)s."),
    "too_many_members": gettext_noop("The zip file holds %(count)s files; at most %(limit)s are read."),
    "path_traversal": gettext_noop("The zip file names a path outside itself: %(name)s. It was not opened."),
    "link_in_zip": gettext_noop("The zip file holds a link: %(name)s. It was not opened."),
    "zip_bomb": gettext_noop("The zip file grows beyond measure when unpacked. It was not opened."),
    "no_dbf": gettext_noop("The shapefile lacks its .dbf file, so no unit has a code."),
    "broken_shapefile": gettext_noop("The shapefile is cut off or damaged."),
    "rows_and_shapes": gettext_noop("The shapefile has %(shapes)s shapes but %(rows)s rows."),
    "encoding_guessed": gettext_noop("The shapefile states no text encoding; it was read as %(encoding)s."),
    # the coordinate system
    "system_missing": gettext_noop("The file states no coordinate system. State it with --crs. %(guess)s"),
    "system_unknown": gettext_noop(
        "Only WGS 84 and CGCS2000 are taken, not: %(stated)s. Older systems must be converted by the survey office."
    ),
    "system_contradicted": gettext_noop("The file says EPSG:%(stated)s, you say EPSG:%(demanded)s."),
    "metres_not_degrees": gettext_noop("The coordinates are metres, not degrees. State the zone with --crs. %(guess)s"),
    "degrees_not_metres": gettext_noop("The coordinates are degrees, but EPSG:%(system)s counts metres."),
    "other_zone": gettext_noop("The coordinates start with zone %(found)s, but the file says %(stated)s."),
    "zone_prefix": gettext_noop("The file says %(stated)s; by its coordinates it was read as %(used)s."),
    # the codes
    "no_code_field": gettext_noop("No field holds region codes. Fields found: %(fields)s."),
    "bad_code": gettext_noop("Not a region code: %(value)s."),
    "unknown_code": gettext_noop("This code is not in the register."),
    "other_tier": gettext_noop("This unit is of another tier."),
    "closed_code": gettext_noop("%(name)s was dissolved; its successor is %(successor)s. --convert replaces the code."),
    "closed_code_replaced": gettext_noop("The code of a dissolved unit was replaced by %(successor)s %(name)s."),
    "code_twice": gettext_noop("This code stands twice (features %(first)s and %(second)s)."),
    "code_mended": gettext_noop("The code was written as “%(written)s” and read without spaces and full-width digits."),
    "code_padded": gettext_noop("The code was filled up with zeros to 12 digits."),
    "other_name": gettext_noop("The file calls it %(written)s, the register %(registered)s."),
    "unit_absent": gettext_noop("%(name)s is missing in the file."),
    "other_provinces": gettext_noop("%(count)s features of other provinces were left out."),
    # the shapes
    "empty_geometry": gettext_noop("It has no geometry."),
    "wrong_geometry": gettext_noop("It is %(geometry)s; only polygons are taken."),
    "broken_geometry": gettext_noop("Its geometry cannot be read."),
    "not_a_number": gettext_noop("A coordinate is not a number."),
    "off_the_earth": gettext_noop("A corner of it lies off the earth."),
    "unclosed_ring": gettext_noop("A ring does not end where it starts."),
    "zero_area": gettext_noop("A part of it has no area."),
    "self_crossing": gettext_noop("Its border crosses itself at %(place)s."),
    "height_dropped": gettext_noop("Heights were dropped."),
    "repeated_points": gettext_noop("Points that repeat the one before were dropped."),
    # where it lies
    "swapped": gettext_noop("Longitude and latitude are swapped."),
    "shifted": gettext_noop(
        "The areas lie %(metres)s m off, as on maps in %(system)s. Ask for the original, or convert with --convert."
    ),
    "shift_converted": gettext_noop("The areas lay %(metres)s m off and were converted from %(system)s."),
    "shift_unknown": gettext_noop("The areas lie %(metres)s m off the present boundaries, in no known system."),
    "shift_unchecked": gettext_noop("Nothing to compare with: a shift cannot be ruled out."),
    # how units lie to each other
    "overlap": gettext_noop("It overlaps %(other)s by %(km2)s km²."),
    "gap": gettext_noop("Between units lies a gap of %(km2)s km² at %(lon)s, %(lat)s."),
    "outside_parent": gettext_noop("%(percent)s %% of it lies outside %(parent)s."),
    "edges_differ": gettext_noop("Its edge does not match its neighbour's."),
}


def sentence(kind: str, facts: dict[str, Any]) -> str:
    """The finding in the reader's language."""
    shown = {**facts, "guess": facts.get("guess") or ""}
    if facts.get("system") in SHIFT_NAMES:
        shown["system"] = SHIFT_NAMES[facts["system"]]
    return (_(SENTENCES[kind]) % shown).strip()
