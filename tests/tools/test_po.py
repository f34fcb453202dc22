"""The catalogue's two formats at their edges: whatever a message holds comes back, and a fault names its line."""

import gettext
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.po import HEADER, Entry
from tools.steps import Failed

from tools import mo, po

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04"), max_size=30)
MESSAGES = st.builds(
    Entry,
    msgid=WORDS.filter(bool),
    context=WORDS,
    plural=st.sampled_from(["", "%(n)d rows"]),
    texts=WORDS.map(lambda text: [text]),
)
CATALOGUES = st.lists(MESSAGES, max_size=8, unique_by=lambda entry: entry.key)


@given(CATALOGUES)
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    assert list(po.parse(po.render(entries))) == entries


@given(CATALOGUES)
def test_gettext_finds_every_message_of_the_binary_file(entries: list[Entry]) -> None:
    read = gettext.GNUTranslations(BytesIO(mo.compile_entries(entries)))
    for entry in entries:
        if entry.plural and entry.context:
            found = read.npgettext(entry.context, entry.msgid, entry.plural, 5)
        elif entry.plural:
            found = read.ngettext(entry.msgid, entry.plural, 5)
        elif entry.context:
            found = read.pgettext(entry.context, entry.msgid)
        else:
            found = read.gettext(entry.msgid)
        assert found == entry.texts[0]


def test_an_empty_catalogue_still_says_its_language() -> None:
    read = gettext.GNUTranslations(BytesIO(mo.compile_entries([])))
    assert read.info()["language"] == "zh_Hans"
    assert read.charset() == "UTF-8"


def test_the_binary_file_does_not_depend_on_the_order() -> None:
    one, other = Entry("Save", texts=["保存"]), Entry("Account", texts=["账户"])
    assert mo.compile_entries([one, other]) == mo.compile_entries([other, one])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgstr "保存"\n', "without msgid"),
        ('msgid "Save"\n', "without msgid or msgstr"),
        ('msgid "Save"\nmsgstr "保存"\nnonsense\n', "x.po:3: not a line"),
        ('msgid "Save" "as"\nmsgstr "保存"\n"a" + "b"\n', "not one string"),
        ('msgid "a"b"\nmsgstr "保存"\n', "not one string"),
        ('msgid Save\nmsgstr "保存"\n', "x.po:1: not a line"),
    ],
)
def test_what_is_no_entry_is_refused_where_it_stands(text: str, fault: str) -> None:
    with pytest.raises(Failed, match=fault.replace(".", r"\.")):
        list(po.parse(text, name="x.po"))


def test_a_long_message_may_go_over_lines() -> None:
    (entry,) = po.parse('msgid ""\n"One, "\n"two"\nmsgstr ""\n"一、"\n"二"\n')
    assert (entry.msgid, entry.texts) == ("One, two", ["一、二"])


def test_comments_places_and_old_messages_are_no_part_of_an_entry() -> None:
    text = f'msgid ""\nmsgstr "{HEADER[:7]}"\n\n# said\n#: a.py:3\n#~ msgid "old"\nmsgid "Save"\nmsgstr "保存"\n'
    assert [entry.msgid for entry in po.parse(text)] == ["Save"]


def test_flags_stay_with_their_entry_only() -> None:
    first, second = po.parse('#, fuzzy, python-format\nmsgid "a"\nmsgstr "甲"\n\nmsgid "b"\nmsgstr "乙"\n')
    assert (first.flags, second.flags) == (["fuzzy", "python-format"], [])


@pytest.mark.parametrize(
    ("msgid", "text", "fits"),
    [
        ("100% done", "完成 100%", True),
        ("%% of %(n)d", "%(n)d 的 %%", True),
        ("%(a)s of %(b)s", "%(b)s 之 %(a)s", True),
        ("%(a)s", "%(a)d", False),
        ("{} rows", "{} 行", True),
        ("{n} rows", "行", False),
        ("%s", "%s%s", True),
    ],
)
def test_places_for_values_must_be_the_same(msgid: str, text: str, fits: bool) -> None:
    assert (po.faults(Entry(msgid, texts=[text])) == []) is fits


def test_a_plural_may_leave_the_number_out() -> None:
    one = Entry("%(n)d row of %(file)s", plural="%(n)d rows of %(file)s", texts=["%(file)s 的行"])
    assert po.faults(one) == []
