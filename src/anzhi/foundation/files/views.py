"""Files go out with the permission of what they belong to."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.files import queries, store
from anzhi.foundation.files.models import FileLink
from anzhi.foundation.files.rules import THUMBS
from anzhi.foundation.web.pages import Page
from anzhi.foundation.web.requests import Request

SHUT = "default-src 'none'; sandbox"  # whatever a file holds, it runs nothing here


class Download(Page):
    """One file, or with a size the smaller copy of a photo. Missing and not for you look the same."""

    permission = Permission.FILE_VIEW

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """From disk, or by nginx where it stands in front; 304 when the browser has it."""
        link = queries.viewable(self.actor, kwargs["pk"])
        thumb = kwargs.get("size")
        if link is None or (thumb is not None and (thumb not in THUMBS or not link.is_photo)):
            raise Http404
        etag = f'"{link.file.sha256}{f".{thumb}" if thumb else ""}"'
        known = get_conditional_response(request, etag=etag)
        response = known or _sent(link, thumb)
        response["ETag"] = etag
        response["Content-Security-Policy"] = SHUT
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _sent(link: FileLink, thumb: int | None) -> HttpResponseBase:
    """The bytes, or where nginx finds them."""
    content_type = "image/jpeg" if thumb else link.file.content_type
    response: HttpResponseBase
    if settings.FILES_ACCEL:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"/protected/{store.relative(link.file.sha256, thumb)}"
    else:
        try:
            response = FileResponse(store.path(link.file.sha256, thumb).open("rb"), content_type=content_type)
        except FileNotFoundError:
            raise Http404 from None
    response["Content-Disposition"] = content_disposition_header(not link.is_photo, link.name) or "attachment"
    return response
