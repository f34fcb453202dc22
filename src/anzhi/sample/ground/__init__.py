"""What stands on the ground: real projects, invented sites in their true counties, drawn pictures."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from anzhi.sample.ground import pictures, projects, sites


def build(as_of: date, say: Callable[[str], None]) -> set[str]:
    """Projects, sites, pictures; the 12-digit codes of counties where something is or was lately built."""
    with transaction.atomic():  # outside a transaction there is no scope, and reads find nothing
        builders = projects.build(as_of, say)
        sites.build(as_of, say)
        pictures.build(as_of, say)
    return builders
