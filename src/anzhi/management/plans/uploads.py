"""An uploaded sheet as a file on disk, for as long as it is read."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def kept(sheet: UploadedFile) -> Iterator[Path]:
    """A path with the right ending; gone afterwards. Only the hash and the faults of a sheet are kept."""
    ending = Path(sheet.name or "").suffix.lower()
    with tempfile.NamedTemporaryFile(suffix=ending) as file:
        for chunk in sheet.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name)
