"""Blobs, known by what they hold, and links, which say whose they are."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.rows import RegionScoped


class Sort(models.TextChoices):
    """What a blob is for."""

    PHOTO = "photo", _("Photo")
    DOCUMENT = "document", _("Document file")
    RAW = "raw", _("Raw file")


class StoredFile(models.Model):
    """Bytes on disk, once, under their hash. Has no region: it is only reached through a link."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    sort = models.CharField(max_length=10, choices=Sort)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class FileLink(RegionScoped):
    """A file as evidence of one thing. Who may see the thing (`permission`, in its region) may see the file.

    Where and when a photo was taken is kept here and not with the blob: two uploads of one picture may differ in it.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="links")
    owner_type = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=60)
    permission = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    viewpoint = models.CharField(max_length=60, blank=True)
    taken_at = models.DateTimeField(null=True)
    point = models.PointField(srid=4326, null=True)
    source_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="file_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_type", "owner_id", "file", "viewpoint"],
                name="file_once_per_owner",
                violation_error_message=_("This file is already here."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.file.sort == Sort.PHOTO
