"""Which words count as untranslated."""

import pytest

from anzhi.site.shots.words import untranslated


@pytest.mark.parametrize(
    "text",
    [
        "资金到账后未使用",
        "云搬发〔2026〕63号",
        "导出 CSV 或 XLSX",
        "camt.053 与 MT940",
        "ABC20261122-0001",
        "yn-2026-11.xlsx 已入库",
        "icbc.csv",
        "WRI坐标存疑，未采用",
        "第 3 页 / A",
    ],
)
def test_what_these_offices_write_passes(text: str) -> None:
    assert untranslated(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("状态 pending", ["pending"]),
        ("Save 保存 Save", ["Save"]),
        ("none", ["none"]),
        ("fund_monitor", ["fund_monitor"]),
        ("Region / county", ["Region", "county"]),
        ("CSVs", ["CSVs"]),
    ],
)
def test_a_forgotten_word_is_found_once(text: str, found: list[str]) -> None:
    assert untranslated(text) == found


def test_names_of_accounts_are_nobodys_fault() -> None:
    assert untranslated("county-officer 登录", frozenset({"county-officer"})) == []
    assert untranslated("county-officer 登录") == ["county-officer"]
