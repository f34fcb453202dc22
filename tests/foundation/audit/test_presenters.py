"""Every kind of event reads as a sentence, in both languages, and stands in the list of events."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.audit import presenters
from anzhi.foundation.audit.presenters import known, register, sentence

ROOT = Path(__file__).resolve().parents[3]
NAME = re.compile(r"[a-z_]+\.[a-z_]+")
LISTED = re.compile(r"^\| `([a-z_.]+)` \|", re.MULTILINE)


def event(name: str = "test.told", **facts: object) -> SimpleNamespace:
    return SimpleNamespace(
        name=name, actor_label="杨若岚", actor_agency="元谋县", subject_label="工行 0315", facts=facts
    )


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenters, "_known", {})


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"rows": 3}, "工行 0315: 3"),
        ({}, "工行 0315: —"),
        ({"rows": None}, "工行 0315: —"),
        ({"rows": []}, "工行 0315: —"),
        ({"rows": [1, 2, None]}, "工行 0315: 1、2、—"),
        ({"rows": list(range(9))}, "工行 0315: 0、1、2、3、4…"),
        ({"rows": "100%"}, "工行 0315: 100%"),
        ({"rows": 0}, "工行 0315: 0"),
    ],
)
def test_facts_fill_the_sentence(told: None, facts: dict, words: str) -> None:
    register("test.told", "%(subject)s: %(rows)s")
    assert sentence(event(**facts)) == words


def test_codes_become_words(told: None) -> None:
    register("test.told", "%(a)s %(b)s %(c)s %(actor)s %(agency)s", a={"x": "十"}, b=str.upper, c={"x": "十"})
    assert sentence(event(a="x", b="y", c=["x", "z"])) == "十 Y 十、z 杨若岚 元谋县"


def test_yes_and_no_are_words(told: None) -> None:
    register("test.told", "%(ok)s")
    with translation.override("en"):
        assert [sentence(event(ok=value)) for value in (True, False)] == ["yes", "no"]


def test_a_fact_never_overrules_who_did_it(told: None) -> None:
    register("test.told", "%(actor)s")
    assert sentence(event(actor="somebody else")) == "杨若岚"


def test_the_sentence_follows_the_reader_s_language(told: None) -> None:
    register("test.told", _("no"))
    with translation.override("en"):
        assert sentence(event()) == "no"
        assert known() == [("test.told", "no")]


def test_a_kind_without_a_sentence_says_so_and_two_sentences_are_refused(told: None) -> None:
    assert "test.unknown" in sentence(event("test.unknown"))
    register("test.told", "x")
    with pytest.raises(ValueError, match=r"test\.told"):
        register("test.told", "y")


# --- the repository


def is_action(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Attribute):
        return called.attr == "action" and getattr(called.value, "id", "") in ("audit", "door")
    return getattr(called, "id", "") == "action"


def names_in(tree: ast.Module) -> Iterator[str]:
    """Names given to `action`: literal ones, patterns of f-strings, else every name-like string of the module."""
    for node in ast.walk(tree):
        if not is_action(node) or not node.args:
            continue
        name = node.args[0]
        if isinstance(name, ast.Constant):
            yield re.escape(name.value)
        elif isinstance(name, ast.JoinedStr):
            parts = (re.escape(p.value) if isinstance(p, ast.Constant) else "[a-z_]+" for p in name.values)
            yield "".join(parts)
        else:
            strings = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
            yield from (re.escape(text) for text in strings if NAME.fullmatch(text))


def used() -> dict[str, str]:
    """Each name or pattern in our code, with the file that uses it."""
    files = sorted((ROOT / "src").rglob("*.py"))
    return {name: str(path.relative_to(ROOT)) for path in files for name in names_in(ast.parse(path.read_text()))}


def test_every_event_in_the_code_has_a_sentence() -> None:
    told = [name for name, _sentence in known()]
    silent = {name: path for name, path in used().items() if not any(re.fullmatch(name, one) for one in told)}
    assert silent == {}, "say how they read in the app's presenters.py"


def test_every_sentence_belongs_to_an_event_in_the_code() -> None:
    names = used()
    assert [one for one, _sentence in known() if not any(re.fullmatch(name, one) for name in names)] == []


def test_the_list_of_events_is_whole() -> None:
    listed = LISTED.findall((ROOT / "docs" / "events.md").read_text())
    assert sorted(listed) == [name for name, _sentence in known()], "write it with: ./anzhi manage events --write"


def test_sentences_can_be_filled_whatever_is_missing() -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for name, _sentence in known():
                assert sentence(event(name))


def test_a_name_in_the_code_is_found_however_it_is_written() -> None:
    code = """action("a.b", by=x); audit.action(f"c.{d}"); other.action("g.h"); verdict = "e.f"; door.action(verdict)"""
    assert set(names_in(ast.parse(code))) == {r"a\.b", r"c\.[a-z_]+", r"e\.f", r"g\.h"}
    assert set(names_in(ast.parse('action("a.b"); other.action("g.h")'))) == {r"a\.b"}
