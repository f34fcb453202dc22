"""Every reason is a sentence in both languages, with its figures in it."""

import re

import pytest
from django.utils import translation

from anzhi.supervision.funds.readers.problems import refuse
from anzhi.supervision.funds.refusals import SENTENCES, ImportRefused, explain, reason

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def filled(code: str) -> dict[str, object]:
    params = {name: f"<{name}>" for name in PLACEHOLDER.findall(SENTENCES[code])}
    return {"where": "", "code": code, "params": params}


@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_reason_says_all_it_knows(code: str, language: str) -> None:
    stored = filled(code)
    with translation.override(language):
        said = explain(stored)

    assert all(value in said for value in stored["params"].values())
    assert ("没有" in said or "磁盘" in said or "不在" in said) is (language == "zh-hans")


def test_what_a_reader_refuses_is_said_in_its_own_words() -> None:
    stored = ImportRefused.by_reader(refuse("file.unknown", "line 3")).reasons[0].stored()

    assert stored == {"where": "line 3", "code": "file.unknown", "params": {}}
    with translation.override("zh-hans"):
        assert "对账单" in explain(stored)
    with translation.override("en"):
        assert "statement" in explain(stored)


def test_parameters_are_kept_as_words() -> None:
    assert reason("file.failed", attempts=20).params == {"attempts": "20"}


def test_the_exception_names_places_and_codes_only() -> None:
    refusal = ImportRefused([reason("balance.open", "6228 **** 3071"), reason("currency.foreign", currency="EUR")])
    assert str(refusal) == "6228 **** 3071: balance.open; : currency.foreign"
