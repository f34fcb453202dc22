"""Every word of the code is in the glossary, in both languages."""

import re

from anzhi.site import words
from docs import shelf

PAGE = shelf.DOCS / "glossary.md"


def test_its_tables_are_as_the_code_has_them() -> None:
    assert PAGE.read_text() == words.render(PAGE.read_text()), "./anzhi manage glossary --write"


def test_every_table_of_the_database_is_told() -> None:
    told = PAGE.read_text()
    names = [f"{model._meta.app_label}.{model.__name__}" for model in words.own_models()]
    assert [name for name in names if f"| `{name}` |" not in told] == []


def test_no_table_is_told_that_is_gone() -> None:
    told = set(re.findall(r"^\| `([a-z]+\.[A-Z]\w+)` \|", PAGE.read_text(), re.MULTILINE))
    assert told - {f"{model._meta.app_label}.{model.__name__}" for model in words.own_models()} == set()


def test_no_two_choices_of_a_set_are_called_the_same() -> None:
    twice = []
    for name, rows in words.choices():
        said = [words.both(label) for _code, label in rows]
        twice += [
            (name, pair)
            for pair in said
            if any(pair[n] in [other[n] for other in said if other is not pair] for n in (0, 1))
        ]
    assert twice == []
