"""Helpers of the reader tests: bytes in, figures out."""

import io
from pathlib import Path

import pytest

from anzhi.supervision.funds.readers.model import Entry, Event
from anzhi.supervision.funds.readers.problems import ReadError, Refused
from anzhi.supervision.funds.readers.reading import read
from anzhi.supervision.funds.readers.summary import Summary, summarise

SAMPLES = Path(__file__).parent / "samples"


def events(content: bytes, mapping: str = "auto", account: str = "") -> list[Event]:
    """Everything a file yields."""
    return list(read(io.BytesIO(content), mapping, account))


def entries(content: bytes, mapping: str = "auto", account: str = "") -> list[Entry]:
    """The entries of a file."""
    return [event for event in events(content, mapping, account) if isinstance(event, Entry)]


def figures(content: bytes, mapping: str = "auto") -> Summary:
    """The summary of a file."""
    return summarise(read(io.BytesIO(content), mapping))


def refusal(content: bytes, mapping: str = "auto") -> ReadError:
    """The first error of a file that must be refused."""
    with pytest.raises(Refused) as caught:
        events(content, mapping)
    assert caught.value.errors[0].message
    assert caught.value.errors[0].message_en
    return caught.value.errors[0]
