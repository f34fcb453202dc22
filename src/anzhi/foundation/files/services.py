"""The only way in for files."""

from collections.abc import Iterable
from pathlib import Path

from django.contrib.gis.geos import Point
from django.db import models, transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door
from anzhi.foundation.files import archives, images, refusals, store
from anzhi.foundation.files.models import FileLink, Sort, StoredFile
from anzhi.foundation.files.rules import (
    HEAD,
    MOST_DOCUMENT,
    MOST_PHOTO,
    PDF,
    XLS,
    ZIP,
    Kind,
    kind_of,
    safe_name,
)


def store_photo(
    *,
    by: Actor,
    owner: models.Model,
    permission: Permission,
    name: str,
    chunks: Iterable[bytes],
    viewpoint: str = "",
    region_code: str = "",
) -> FileLink:
    """Take a photo as evidence of `owner`: drawn anew, what the camera knew of time and place kept beside it.

    `permission` is what seeing it takes; `region_code` defaults to the owner's. Raises FileRefused.
    """
    region = _allowed(by, owner, region_code)
    with store.incoming() as came, store.incoming() as clean:
        source = store.write(chunks, came, MOST_PHOTO)
        _known(came, source.size, picture=True)
        drawn = images.redraw(came, clean)
        try:
            kept = store.write(store.pieces(clean), came)
            for size, thumb in drawn.thumbs.items():
                store.keep(thumb, kept.sha256, size)
            store.keep(came, kept.sha256)
        finally:
            for thumb in drawn.thumbs.values():
                thumb.unlink(missing_ok=True)
    link = FileLink(
        region_code=region,
        viewpoint=viewpoint,
        taken_at=drawn.camera.taken_at,
        source_sha256=source.sha256,
        point=Point(*drawn.camera.point, srid=4326) if drawn.camera.point else None,
        permission=permission,
        name=safe_name(name, drawn.kind),
    )
    shape = {"sort": Sort.PHOTO, "width": drawn.width, "height": drawn.height}
    return _link(link, owner, by, kept, drawn.kind, **shape)


def store_document(
    *,
    by: Actor,
    owner: models.Model,
    permission: Permission,
    name: str,
    chunks: Iterable[bytes],
    region_code: str = "",
) -> FileLink:
    """Take a document as evidence of `owner`, as it is. Raises FileRefused."""
    region = _allowed(by, owner, region_code)
    with store.incoming() as came:
        blob = store.write(chunks, came, MOST_DOCUMENT)
        kind = _known(came, blob.size)
        store.keep(came, blob.sha256)
    link = FileLink(region_code=region, source_sha256=blob.sha256, permission=permission, name=safe_name(name, kind))
    return _link(link, owner, by, blob, kind, sort=Sort.DOCUMENT)


def write_raw(chunks: Iterable[bytes]) -> store.Blob:
    """Keep bytes as they came, of any size, in constant memory: a machine's file, never sent to anybody.

    Nothing names them yet: who does calls `name_raw` in the same transaction, else they are swept away in a day.
    """
    with store.incoming() as came:
        blob = store.write(chunks, came)
        store.keep(came, blob.sha256, served=False)
    return blob


def name_raw(blob: store.Blob) -> StoredFile:
    """The row that keeps raw bytes from the sweep. The caller asks the gate, and tells the trail."""
    return _row(blob, "application/octet-stream", sort=Sort.RAW)


def unname_raw(sha256: str) -> None:
    """Nobody needs these raw bytes any more; the sweep removes them. What is also somebody's document stays."""
    StoredFile.objects.filter(sha256=sha256, sort=Sort.RAW, links=None).delete()


def _allowed(by: Actor, owner: models.Model, region_code: str) -> str:
    """The region of the link, once the gate agrees to an upload there."""
    region = region_code or getattr(owner, "region_code", "")
    gate.demand(by, Permission.FILE_UPLOAD, on=FileLink(region_code=region))
    return region


def _known(came: Path, size: int, *, picture: bool = False) -> Kind:
    """The type of what came, by its contents, or a refusal."""
    if not size:
        raise refusals.empty()
    with came.open("rb") as source:
        kind = kind_of(source.read(HEAD))
    if kind is None:
        raise refusals.unknown_type()
    if picture and not kind.picture:
        raise refusals.not_a_photo()
    if kind is ZIP:
        return archives.looked_into(came)
    if kind in (PDF, XLS) and archives.hides_archive(came):
        raise refusals.two_in_one()
    if kind.picture and not picture:
        raise refusals.FileRefused(_("This is a photo. Add it as a photo, so that it is checked as one."))
    return kind


def _link(link: FileLink, owner: models.Model, by: Actor, blob: store.Blob, kind: Kind, **facts: object) -> FileLink:
    """The row of the blob and its link, with the event; the same file at the same place is not linked twice."""
    facts_of_event = {"file": link.name, "sha256": blob.sha256, "viewpoint": link.viewpoint}
    with transaction.atomic():
        link.file = _row(blob, kind.content_type, **facts)
        link.owner_type, link.owner_id = owner._meta.label_lower, str(owner.pk)
        link.by_id, link.by_label = by.id, by.label
        there = FileLink.objects.filter(
            owner_type=link.owner_type, owner_id=link.owner_id, file=link.file, viewpoint=link.viewpoint
        ).first()
        if there:
            return there
        with door.action("file.added", by=by, on=owner, region_code=link.region_code, **facts_of_event):
            link.save()
    return link


def _row(blob: store.Blob, content_type: str, **facts: object) -> StoredFile:
    known = {"size": blob.size, "content_type": content_type, **facts}
    found, made = StoredFile.objects.get_or_create(sha256=blob.sha256, defaults=known)
    if not made and found.sort == Sort.RAW != known["sort"]:  # a machine's file that somebody now adds as a document
        StoredFile.objects.filter(pk=found.pk).update(**known)
        found.refresh_from_db()
    return found
