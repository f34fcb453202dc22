"""Tiles asked for and read, as a browser does."""

import gzip
from typing import Any

import mapbox_vector_tile
from django.test import Client


def decoded(answer: Any) -> dict[str, Any]:
    """The layers of a tile."""
    assert answer.status_code == 200
    body = gzip.decompress(answer.content) if answer.get("Content-Encoding") == "gzip" else answer.content
    return mapbox_vector_tile.decode(body) if body else {}


def features(client: Client, layer: str, path: str) -> list[dict[str, Any]]:
    """The features of one layer's tile."""
    return decoded(client.get(f"/tiles/{layer}/{path}.mvt")).get(layer, {}).get("features", [])


def rows(client: Client, layer: str, path: str) -> list[dict[str, Any]]:
    """What is said of each."""
    return [one["properties"] for one in features(client, layer, path)]
