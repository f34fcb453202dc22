"""GeoJSON, with or without a byte order mark."""

import json
import re
from typing import Any, NoReturn

from anzhi.foundation.regions.imports.findings import Unreadable, error
from anzhi.foundation.regions.imports.shapes import Feature, Layer, build

POLYGONAL = {"Polygon": lambda coordinates: [coordinates], "MultiPolygon": lambda coordinates: coordinates}


def read(data: bytes) -> Layer:
    """The features of a FeatureCollection. Raises Unreadable."""
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as wrong:
        raise Unreadable("not_utf8", byte=wrong.start) from wrong
    except json.JSONDecodeError as wrong:
        raise Unreadable("not_json", line=wrong.lineno, column=wrong.colno) from wrong
    except Unreadable:
        raise
    except (RecursionError, ValueError) as wrong:  # nested too deep; a number of thousands of digits
        raise Unreadable("not_json", line=1, column=1) from wrong
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise Unreadable("no_features")
    return Layer([_feature(number, feature) for number, feature in enumerate(features, 1)], _stated(document))


def _refuse(constant: str) -> NoReturn:
    raise Unreadable("nan_in_json", constant=constant)


def _stated(document: dict[str, Any]) -> str:
    """The old `crs` member; without one GeoJSON is WGS-84, so says its standard."""
    member = document.get("crs")
    if member is None:
        return "4326"
    about = member.get("properties") if isinstance(member, dict) else None
    name = str(about.get("name", "")) if isinstance(about, dict) else ""
    if name.endswith(("CRS84", "CRS84h")):
        return "4326"
    number = re.search(r"EPSG:+(?:[\d.]+:)?(\d+)$", name)
    return number[1] if number else name or "?"


def _feature(number: int, feature: Any) -> Feature:
    if not isinstance(feature, dict):
        return Feature(number, {}, findings=[error("empty_geometry", number)])
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    if "id" in feature:
        properties = {"id": feature["id"], **properties}
    geometry = feature.get("geometry")
    if not geometry:
        return Feature(number, properties, findings=[error("empty_geometry", number)])
    kind = geometry.get("type") if isinstance(geometry, dict) else type(geometry).__name__
    if not isinstance(kind, str) or kind not in POLYGONAL:
        return Feature(number, properties, findings=[error("wrong_geometry", number, geometry=str(kind))])
    try:
        return build(number, properties, POLYGONAL[kind](geometry.get("coordinates") or []))
    except TypeError:  # coordinates nested otherwise than their type says
        return Feature(number, properties, findings=[error("wrong_geometry", number, geometry=str(kind))])
