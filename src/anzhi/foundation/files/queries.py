"""Reads about files."""

from django.db.models import Model, QuerySet

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.files.models import FileLink, Sort


def links_of(owner: Model, sort: Sort | None = None) -> QuerySet[FileLink]:
    """Files of one thing, newest first; the page that asks has its own permission."""
    rows = FileLink.objects.filter(owner_type=owner._meta.label_lower, owner_id=str(owner.pk)).select_related("file")
    return rows.filter(file__sort=sort) if sort else rows


def viewable(actor: Actor, pk: int) -> FileLink | None:
    """One file, for somebody who may see its owner; None when there is none or it is not for them."""
    link = FileLink.objects.select_related("file").filter(pk=pk).first()
    if link is None or not may(actor, Permission.FILE_VIEW, on=link):
        return None
    return link if may(actor, Permission(link.permission), on=link) else None
