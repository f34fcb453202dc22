"""Files as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The only way in for photos and documents."""

    name = "anzhi.foundation.files"
    label = "files"
