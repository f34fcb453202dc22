"""Answers for programs: named by a tag, packed, and empty where the browser has them already."""

import gzip
import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

SMALL = 400  # bytes; smaller answers are not worth packing


def tag(*parts: object) -> str:
    """A tag that changes with any of the parts."""
    return f'"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def known(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304 when the browser holds this very answer."""
    held = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    if etag not in held:
        return None
    response = HttpResponseNotModified()
    response["ETag"] = etag
    return response


def packed(request: HttpRequest, body: bytes, kind: str, etag: str) -> HttpResponse:
    """The answer, gzipped where the browser takes it."""
    small = len(body) < SMALL or "gzip" not in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(body if small else gzip.compress(body, 4), content_type=kind)
    if not small:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response
