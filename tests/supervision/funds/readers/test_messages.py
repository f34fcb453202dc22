"""Every reason has its sentence, in both languages, with the same blanks to fill."""

import re
from pathlib import Path
from string import Formatter

from anzhi.supervision.funds import readers
from anzhi.supervision.funds.readers import messages
from anzhi.supervision.funds.readers.sheet import mapping

SOURCE = "".join(path.read_text() for path in Path(readers.__file__).parent.rglob("*.py"))


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_fill_the_same_blanks() -> None:
    for code, sentences in messages.catalogue().items():
        assert blanks(sentences["zh"]) == blanks(sentences["en"]), code


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    prefixes = {code.split(".")[0] for code in messages.catalogue()}
    used = set(re.findall(rf'"((?:{"|".join(sorted(prefixes))})\.[a-z_]+)"', SOURCE))

    assert used == set(messages.catalogue())


def test_chinese_sentences_end_and_speak_chinese() -> None:
    for code, sentences in messages.catalogue().items():
        assert re.search(r"[。）]$", sentences["zh"]), code
        assert re.search(r"[\u4e00-\u9fff]", sentences["zh"]), code


def test_every_mapping_cites_its_sources_and_loads() -> None:
    folder = Path(readers.__file__).parent.parent / "mappings"

    assert mapping.codes() == ["abc", "boc", "bocom", "ccb", "icbc", "generic"]
    for code in mapping.codes():
        text = (folder / f"{code}.toml").read_text()
        assert "public" in text.partition("title =")[0], code
        for layout in mapping.load(code).layouts:
            assert layout.required <= layout.columns.keys(), (code, layout.name)
