"""Calendar as a Django app."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Announced holidays, make-up working days, clocks."""

    name = "anzhi.foundation.calendar"
    label = "calendar"
