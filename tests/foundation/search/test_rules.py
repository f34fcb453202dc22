"""How text becomes searchable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.search.rules import lexemes, marked, normal, searchable, terms, tsquery


@pytest.mark.parametrize(
    ("written", "normal_form"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Ⅳ 级", "iv 级"),
        ("  元谋\u3000县\t安置点 ", "元谋 县 安置点"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("ﾀﾞﾑ", "ダム"),
        ("乌东德\u200b水电站\x00", "乌东德水电站"),
        ("", ""),
    ],
)
def test_forms_of_one_text_become_one(written: str, normal_form: str) -> None:
    assert normal(written) == normal_form


@given(st.text())
def test_normal_text_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_a_text_gives_its_characters_and_pairs() -> None:
    assert lexemes("元谋县 ab") == sorted(["元", "谋", "县", "元谋", "谋县", "a", "b", "ab"])


def test_fields_do_not_run_into_each_other() -> None:
    assert "谋楚" not in lexemes(searchable("元谋", "楚雄"))


def test_a_question_is_its_words_once() -> None:
    assert terms("  元谋 元谋　ＡＢ ") == ["元谋", "ab"]
    assert terms(" \u200b ") == []
    assert len(terms("长" * 500)[0]) == 100


def test_quotes_and_backslashes_stay_letters() -> None:
    assert tsquery(["a'"]) == "'a'''"
    assert tsquery(["\\x"]) == "'\\\\x'"
    assert tsquery(["县"]) == "'县'"


@given(st.text(), st.data())
def test_every_part_of_a_text_holds_no_lexeme_that_the_text_lacks(text: str, data: st.DataObject) -> None:
    whole = normal(text)
    start = data.draw(st.integers(0, len(whole)))
    part = whole[start : data.draw(st.integers(start, len(whole)))]
    assert set(lexemes(part)) <= set(lexemes(whole))


@pytest.mark.parametrize(
    ("title", "words", "parts"),
    [
        ("元谋县新村", ["新村"], [("元谋县", False), ("新村", True)]),
        ("ＡＢ新村ab", ["ab"], [("ＡＢ", True), ("新村", False), ("ab", True)]),
        ("新新新村", ["新新", "村"], [("新新新村", True)]),
        ("元谋", ["楚雄"], [("元谋", False)]),
        ("㈠号新村", ["新村"], [("㈠号新村", False)]),
        ("", ["x"], []),
    ],
)
def test_what_matched_is_marked(title: str, words: list, parts: list) -> None:
    assert marked(title, words) == parts
