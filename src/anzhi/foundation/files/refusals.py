"""Why a file is not taken: sentences for the person who sent it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class FileRefused(ValidationError):
    """The file stays outside; nothing was stored. A form shows the sentence at its head."""


def unknown_type() -> FileRefused:
    """Not on the list."""
    return FileRefused(
        _("This type of file is not accepted. Send a JPEG, PNG or WebP photo, PDF, Word, Excel or text.")
    )


def not_a_photo() -> FileRefused:
    """A document where a photo is wanted."""
    return FileRefused(_("This is not a photo. Send a JPEG, PNG or WebP picture."))


def empty() -> FileRefused:
    """No bytes."""
    return FileRefused(_("The file is empty."))


def too_large(limit: int) -> FileRefused:
    """More bytes than allowed."""
    return FileRefused(_("The file is too large. The limit is %(limit)s MB.") % {"limit": limit // (1024 * 1024)})


def too_many_pixels(limit: int) -> FileRefused:
    """A picture that would fill the memory."""
    return FileRefused(
        _("The picture is too large. The limit is %(limit)s million pixels.") % {"limit": limit // 10**6}
    )


def damaged() -> FileRefused:
    """Cut off or broken."""
    return FileRefused(_("The file is damaged or was cut off on the way. Please send it again."))


def two_in_one() -> FileRefused:
    """A polyglot."""
    return FileRefused(_("The file is of two kinds at once. Please export it again and send the new file."))


def bomb() -> FileRefused:
    """An archive that unpacks to too much."""
    return FileRefused(_("The file unpacks to far more than its size. It was not accepted."))


def macros() -> FileRefused:
    """An Office file with programs in it."""
    return FileRefused(_("The file holds macros. Save it without macros and send it again."))
