"""Parts of the translation catalogue: merged, checked, compiled."""

import gettext
from io import BytesIO
from pathlib import Path

import pytest
from tools.steps import Failed

from tools import catalogue, mo, po


def parts(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.po").write_text(text, encoding="utf-8")
    return sorted(folder.glob("*.po"))


def of(files: list[Path]) -> Path:
    return files[0].parent


def entry(msgid: str, msgstr: str) -> str:
    return f'msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


def test_parts_become_one_sorted_catalogue(tmp_path: Path) -> None:
    merged, _ = catalogue.merge(parts(tmp_path, web=entry("Save", "保存"), funds=entry("Account", "账户")))
    assert [(e.msgid, e.texts) for e in merged] == [("Account", ["账户"]), ("Save", ["保存"])]


def test_the_same_word_twice_is_one_entry(tmp_path: Path) -> None:
    assert len(catalogue.merge(parts(tmp_path, a=entry("Save", "保存"), b=entry("Save", "保存")))[0]) == 1


def test_two_parts_that_disagree_are_both_named(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"a\.po and b\.po differ on 'Save'"):
        catalogue.check(of(parts(tmp_path, a=entry("Save", "保存"), b=entry("Save", "存储"))))


def test_a_context_makes_two_words_of_one(tmp_path: Path) -> None:
    text = entry("May", "可以") + 'msgctxt "month"\nmsgid "May"\nmsgstr "五月"\n'
    assert {e.key: e.texts for e in catalogue.merge(parts(tmp_path, a=text))[0]} == {
        ("", "May"): ["可以"],
        ("month", "May"): ["五月"],
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (entry("Save", ""), "no Chinese"),
        ("#, fuzzy\n" + entry("Save", "保存"), "fuzzy"),
        (entry("%(n)s rows", "行"), "other placeholders"),
        (entry("Hello {name}", "你好 {nmae}"), "other placeholders"),
        ('msgid "%d row"\nmsgid_plural "%d rows"\nmsgstr[0] "%s 行"\n', "unknown placeholders"),
        ('msgid "row"\nmsgid_plural "rows"\nmsgstr[0] "行"\nmsgstr[1] "行"\n', "one plural form"),
    ],
)
def test_an_entry_that_is_not_ready_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(Failed, match=fault):
        catalogue.check(of(parts(tmp_path, a=text)))


@pytest.mark.parametrize("text", ['msgid "Save"\n', "msgid Save\n", 'msgstr "保存"\n', 'msgid "a", "b"\nmsgstr "c"\n'])
def test_what_is_no_catalogue_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(Failed, match="do not fit together"):
        catalogue.check(of(parts(tmp_path, a=text)))


def test_long_and_odd_strings_survive_the_round_trip() -> None:
    text = 'msgid ""\n"Two "\n"lines\\n"\nmsgstr ""\n"“两”\\t"\n"\\"行\\"\\n"\n'
    first = list(po.parse(text))
    assert first[0].msgid == "Two lines\n"
    assert first[0].texts == ['“两”\t"行"\n']
    assert list(po.parse(po.render(first))) == first


def test_a_header_and_obsolete_entries_are_left_out() -> None:
    text = 'msgid ""\nmsgstr "Language: zh\\n"\n\n#~ msgid "Old"\n#~ msgstr "旧"\n\n' + entry("New", "新")
    assert [e.msgid for e in po.parse(text)] == ["New"]


def test_entries_need_no_empty_line_between() -> None:
    text = 'msgid "A"\nmsgstr "甲"\nmsgid "B"\nmsgstr "乙"\n'
    assert [(e.msgid, e.texts) for e in po.parse(text)] == [("A", ["甲"]), ("B", ["乙"])]


def test_gettext_reads_what_we_compile() -> None:
    text = entry("Save", "保存") + 'msgctxt "month"\nmsgid "May"\nmsgstr "五月"\n\n'
    text += 'msgid "%d row"\nmsgid_plural "%d rows"\nmsgstr[0] "%d 行"\n'
    read = gettext.GNUTranslations(BytesIO(mo.compile_entries(po.parse(text))))
    assert read.gettext("Save") == "保存"
    assert read.pgettext("month", "May") == "五月"
    assert (read.ngettext("%d row", "%d rows", 1), read.ngettext("%d row", "%d rows", 5)) == ("%d 行", "%d 行")
    assert read.info()["language"] == "zh_Hans"


def test_the_catalogue_is_made_again_only_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.stamps.ROOT", tmp_path)
    source, target = tmp_path / "parts", tmp_path / "zh_Hans/LC_MESSAGES/django.po"
    source.mkdir()
    parts(source, a=entry("Save", "保存"))
    assert catalogue.refresh(parts=source, target=target)
    assert not catalogue.refresh(parts=source, target=target)
    parts(source, b=entry("Close", "关闭"))
    assert catalogue.refresh(parts=source, target=target)
    assert "关闭" in target.read_text(encoding="utf-8")
    assert target.with_suffix(".mo").exists()


def test_a_fault_in_one_part_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.stamps.ROOT", tmp_path)
    target = tmp_path / "django.po"
    source = of(parts(tmp_path, a=entry("Save", "保存"), b=entry("Save", "存储") + entry("Close", "")))
    assert catalogue.refresh(parts=source, target=target.with_name("merged.po_"))
    assert "2 faults in the translations" in capsys.readouterr().err
    with target.with_name("merged.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Save") == "保存"


def test_our_own_parts_fit_together() -> None:
    catalogue.check()
