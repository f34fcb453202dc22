"""Static files under names that hold their hash, so that browsers keep them for good."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedFiles(ManifestStaticFilesStorage):
    """Vendors' files name maps and pictures they do not ship; such a reference stays as it is written.

    So does every name before the first `collectstatic`: a page is never lost for its picture.
    """

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name with its hash, or the plain one where there is no such file."""
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name
