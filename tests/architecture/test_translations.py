"""Every message of code and templates has its Chinese, and the Chinese says the same things at the same places.

The messages are read from the source, not from a run: a page nobody opened in a test is held too.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils.translation import template as templates

from tools import po

ROOT = Path(__file__).resolve().parents[2] / "src/anzhi"
PARTS = ROOT / "locale/parts"
WAITING: set[str] = set()  # being built, its part is still to come; strike it out as soon as the part is there
CALL = re.compile(r"\b(n?p?n?gettext|_)\(((?:[^()]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\)")
LATIN = re.compile(r"[A-Za-z]{3,}")
HAN = re.compile(r"[\u4e00-\u9fff]")
NARROW = re.compile(r"[\u4e00-\u9fff][,;:?!]\s*[\u4e00-\u9fff]")
MARKED = re.compile(r"%\(\w+\)\w|%[sd]|\{\w*\}")


class Said(NamedTuple):
    """A message as it is asked for."""

    context: str
    msgid: str
    plural: str


def name_of(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


def gettexts(tree: ast.Module) -> dict[str, str]:
    """The names under which this module knows gettext's functions, and which function each is."""
    return {
        alias.asname or alias.name: alias.name.removesuffix("_lazy").removesuffix("_noop")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }


def message(function: str, words: list[str]) -> Said:
    context = words.pop(0) if "pgettext" in function else ""
    return Said(context, words[0], words[1] if function.startswith("n") and len(words) > 1 else "")


def in_python(source: str) -> Iterator[Said]:
    """What a module asks for; a message that is put together at run time is not seen here."""
    tree = ast.parse(source)
    known = gettexts(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := known.get(name_of(node.func))):
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if words:
                yield message(function, words)


def in_template(source: str) -> Iterator[Said]:
    """What a template asks for, by the same reading that makemessages uses."""
    for function, arguments in CALL.findall(templates.templatize(source)):
        try:
            call = ast.parse(f"f({arguments})", mode="eval").body
        except SyntaxError:
            continue
        words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if words:
            yield message(function, words)


def asked() -> dict[Said, str]:
    """Every message with a file that asks for it."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        found |= dict.fromkeys(in_python(path.read_text()), str(path.relative_to(ROOT)))
    for path in sorted(p for folder in ROOT.rglob("templates") for p in folder.rglob("*") if p.is_file()):
        found |= dict.fromkeys(in_template(path.read_text()), str(path.relative_to(ROOT)))
    return found


def entries() -> dict[tuple[str, str], po.Entry]:
    """All parts of the catalogue."""
    return {e.key: e for path in PARTS.glob("*.po") for e in po.parse(path.read_text(), name=path.name)}


def untold() -> dict[str, str]:
    """Messages without Chinese, and who asks for them."""
    known = entries()
    return {said.msgid: where for said, where in asked().items() if (said.context, said.msgid) not in known}


def test_every_message_has_its_chinese() -> None:
    missing = {msgid: where for msgid, where in untold().items() if where.split("/")[0] not in WAITING}

    assert missing == {}, "write them into src/anzhi/locale/parts/"


def test_what_waits_really_waits() -> None:
    assert {where.split("/")[0] for where in untold().values()} >= WAITING, "translated: strike it out of WAITING"


def test_what_is_counted_has_a_plural_entry() -> None:
    known = entries()

    pairs = [(s, known.get((s.context, s.msgid))) for s in asked() if s.plural]

    assert [s.msgid for s, entry in pairs if entry and entry.plural != s.plural] == []


@pytest.mark.parametrize("path", sorted(PARTS.glob("*.po")), ids=lambda path: path.stem)
def test_no_part_holds_a_word_that_waits(path: Path) -> None:
    waiting = {e.msgid: po.faults(e) for e in po.parse(path.read_text(), name=path.name) if po.faults(e)}

    assert waiting == {}


def test_chinese_is_chinese() -> None:
    """A sentence in Latin letters that was copied, not translated."""
    copied = [
        e.msgid
        for e in entries().values()
        if len(LATIN.findall(MARKED.sub("", e.msgid))) > 1 and not HAN.search(e.texts[0])
    ]

    assert copied == []


def test_chinese_uses_chinese_punctuation() -> None:
    """A comma, semicolon, colon or question mark between two Han characters is full-width."""
    narrow = {e.msgid: e.texts[0] for e in entries().values() if NARROW.search(e.texts[0])}

    assert narrow == {}


def test_no_part_keeps_a_word_nobody_says() -> None:
    """Looked up by a name at run time, it still stands as a string somewhere in the code."""
    said = {(s.context, s.msgid) for s in asked()}
    spelled = {
        node.value
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert [key for key in entries() if key not in said and key[1] not in spelled] == []


def test_the_net_sees_every_way_of_asking() -> None:
    code = (
        "from django.utils.translation import gettext as _, ngettext, pgettext_lazy\n"
        "_('One')\n_('Two ' 'halves')\nngettext('%(n)d row', '%(n)d rows', 3)\npgettext_lazy('month', 'May')\n_(name)\n"
    )
    page = (
        "{% load i18n %}{% translate 'Plain' %}{% translate \"It's\" as x %}{% translate 'May' context 'month' %}"
        "{% blocktranslate with n=row.n %}{{ n }} (each){% endblocktranslate %}"
        "{% blocktranslate count n=k %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
        "{% include 'x' with words=_('Filter') %}"
    )

    assert list(in_python(code)) == [
        Said("", "One", ""),
        Said("", "Two halves", ""),
        Said("", "%(n)d row", "%(n)d rows"),
        Said("month", "May", ""),
    ]
    assert set(in_template(page)) == {
        Said("", "Plain", ""),
        Said("", "It's", ""),
        Said("month", "May", ""),
        Said("", "%(n)s (each)", ""),
        Said("", "%(n)s day", "%(n)s days"),
        Said("", "Filter", ""),
    }
