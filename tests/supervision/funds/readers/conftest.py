"""The hand-written files."""

from collections.abc import Callable

import pytest

from supervision.funds.readers.helpers import SAMPLES


@pytest.fixture
def sample() -> Callable[[str], bytes]:
    """The content of a hand-written file."""
    return lambda name: (SAMPLES / name).read_bytes()
