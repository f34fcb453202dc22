"""Asks an address in every way it can be asked, and makes text of every answer."""

import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import mapbox_vector_tile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import FormPage
from anzhi.site.addresses import Address


@dataclass(frozen=True)
class Answer:
    """One answer: how it was asked, its status, everything readable in it."""

    asked: str
    status: int
    text: str


def answers(client: Client, address: Address, fill: Mapping[str, Any], query: str = "") -> Iterator[Answer]:
    """GET; for lists also their rows alone and both exports; POST where there is a form, with nothing filled in."""
    url = reverse(address.name, kwargs=dict(fill)) + query
    kind = address.kind or object
    yield _told(f"GET {url}", client.get(url))
    if issubclass(kind, ListPage):
        join = "&" if query else "?"
        yield _told(f"htmx {url}", client.get(url, headers={"hx-request": "true", "hx-target": "#rows"}))
        for form in ("csv", "xlsx") if kind.export else ():
            yield _told(f"{form} {url}", client.get(f"{url}{join}export={form}"))
    if issubclass(kind, FormPage):
        yield _told(f"POST {url}", client.post(url, {}))


def _told(asked: str, response: Any) -> Answer:
    heads = unquote("\n".join(f"{name}: {value}" for name, value in response.headers.items()))
    return Answer(asked, response.status_code, f"{heads}\n{_readable(response)}")


def _readable(response: Any) -> str:
    """The body as a reader of its kind would have it."""
    body = whole(response)
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    kind = response.headers.get("Content-Type", "")
    if "spreadsheet" in kind:
        book = load_workbook(io.BytesIO(body))
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if "vector-tile" in kind:
        return str(mapbox_vector_tile.decode(body)) if body else ""
    text = body.decode(errors="replace")
    if "csv" in kind:
        return "\n".join(cell for line in csv.reader(io.StringIO(text)) for cell in line)
    return json.dumps(json.loads(text), ensure_ascii=False) if "json" in kind and text else text


def whole(response: Any) -> bytes:
    """The body; a file that was sent is closed."""
    if not response.streaming:
        return bytes(response.content)
    body = b"".join(response.streaming_content)
    for close in response._resource_closers:  # response.close() would end the test's connection as well
        close()
    response._resource_closers.clear()
    return body
