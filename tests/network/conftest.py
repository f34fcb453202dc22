"""Fixtures of the network."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences as the code has them; pages choose their own language."""
    with translation.override("en"):
        yield
