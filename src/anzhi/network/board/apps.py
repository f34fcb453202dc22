"""The board as a Django app."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Panels, figures and signs of an area."""

    name = "anzhi.network.board"
    label = "board"
