"""The sentences a reader says, in Chinese and English: one code, one sentence, the cure in it.

Readers run without Django, so these are no gettext msgids; a test holds that both languages name the same
parameters and that every code used has its sentence.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

ZH, EN = "zh", "en"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All sentences by code and language."""
    text = resources.files(__package__).joinpath("messages.toml").read_text("utf-8")
    return tomllib.loads(text)


def render(code: str, params: Mapping[str, str], language: str = ZH) -> str:
    """Fill the sentence of `code` with its parameters."""
    return catalogue()[code][language].format_map(params)
