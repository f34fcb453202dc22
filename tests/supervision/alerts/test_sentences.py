"""The words of an alert: from stored facts and limits alone, exact in Chinese and in English."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from anzhi.supervision.alerts import explain
from anzhi.supervision.alerts.models import Alert

CHINESE, ENGLISH = "zh-hans", "en"
IDLE: dict[str, Any] = {
    "agency": "大姚县搬迁安置办",
    "account": "建设银行 6228 **** 1111",
    "document": "云搬发〔2026〕63号",
    "arrived": 412_000_000,
    "spent": 41_199_999,
    "fen": 370_800_001,
    "since": "2025-10-18",
    "until": "2026-11-22",
    "days": 400,
}
LATE: dict[str, Any] = {
    "agency": "楚雄州搬迁安置办",
    "account": "",
    "document": "云搬发〔2026〕63号",
    "total": 86_000_000_000,
    "arrived": 56_000_000_000,
    "missing": 30_000_000_000,
    "fen": 30_000_000_000,
    "legs": 2,
    "all_legs": 3,
    "since": "2026-10-10",
    "until": "2026-11-22",
    "days": 43,
    "due_in": None,
}
SOON = LATE | {"days": 0, "legs": 0, "fen": 0, "since": "2026-11-25", "due_in": 3}
LIMITS = {
    "IDLE_FUND": {
        "share": "0.1000",
        "amount": "100000.0000",
        "blue_days": "180.0000",
        "yellow_days": "365.0000",
        "red_days": "730.0000",
        "red_large_days": "365.0000",
        "red_large_amount": "10000000.0000",
    },
    "TRANSFER_LATE": {
        "amount_days": "1.0000",
        "blue_days": "1.0000",
        "blue_before": "5.0000",
        "yellow_days": "10.0000",
        "yellow_amount": "10000000.0000",
        "red_days": "30.0000",
        "red_amount": "100000000.0000",
    },
}


def idle(level: str = "yellow", **facts: Any) -> Alert:
    told = IDLE | facts
    return Alert(
        type="IDLE_FUND",
        level=level,
        facts=told,
        limits=LIMITS["IDLE_FUND"],
        amount=Decimal(told["fen"]) / 100,
        days=told["days"],
    )


def late(level: str = "red", facts: dict[str, Any] = LATE) -> Alert:
    return Alert(
        type="TRANSFER_LATE",
        level=level,
        facts=facts,
        limits=LIMITS["TRANSFER_LATE"],
        amount=Decimal(facts["fen"] or facts["missing"]) / 100,
        days=facts["days"],
    )


def said(language: str, words: Any, alert: Alert) -> str:
    with translation.override(language):
        return str(words(alert)).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("alert", "chinese", "english"),
    [
        (
            idle(),
            "大姚县搬迁安置办到账资金 370.80 万元，闲置 400 天未用",
            "大姚县搬迁安置办: CNY 3,708,000.01 arrived and lies unused, 400 days",
        ),
        (
            late(),
            "楚雄州搬迁安置办应拨下级资金 3.00 亿元，逾期 43 天未拨",
            "楚雄州搬迁安置办: CNY 300,000,000.00 due to the tier below, 43 days overdue",
        ),
        (
            late("blue", SOON),
            "楚雄州搬迁安置办应拨下级资金 3.00 亿元，还有 3 天到期，尚未拨出",
            "楚雄州搬迁安置办: CNY 300,000,000.00 due in 3 days, nothing sent yet",
        ),
    ],
    ids=["idle", "late", "soon due"],
)
def test_the_one_sentence(alert: Alert, chinese: str, english: str) -> None:
    assert said(CHINESE, explain.headline, alert) == chinese
    assert said(ENGLISH, explain.headline, alert) == english


@pytest.mark.parametrize(
    ("level", "chinese", "english"),
    [
        (
            "red",
            "满 730 天，或满 365 天且达 1,000.00 万元，为红色。",
            "365 days and CNY 10,000,000.00, it is Red.",
        ),
        ("yellow", "满 365 天，为黄色。", "from 365 days it is Yellow."),
        ("blue", "满 180 天，为蓝色。", "from 180 days it is Blue."),
    ],
)
def test_idle_money_names_the_limits_of_its_level(level: str, chinese: str, english: str) -> None:
    common = "支出低于 10% 且未用不少于 10.00 万元，"
    assert said(CHINESE, explain.why, idle(level)).endswith(f"按现行参数，{common}{chinese}")
    assert said(ENGLISH, explain.why, idle(level)).endswith(english)


@pytest.mark.parametrize(
    ("level", "chinese", "english"),
    [
        (
            "red",
            "逾期满 30 天，或逾期满 1 天且金额达 1.00 亿元，为红色。",
            "and CNY 100,000,000.00, it is Red.",
        ),
        (
            "yellow",
            "逾期满 10 天，或逾期满 1 天且金额达 1,000.00 万元，为黄色。",
            "CNY 10,000,000.00, it is Yellow.",
        ),
        ("blue", "逾期满 1 天，或到期前 5 天内分文未拨，为蓝色。", "the due date with nothing sent, it is Blue."),
    ],
)
def test_late_money_names_the_limits_of_its_level(level: str, chinese: str, english: str) -> None:
    assert said(CHINESE, explain.why, late(level)).endswith(f"按现行参数，{chinese}")
    assert said(ENGLISH, explain.why, late(level)).endswith(english)


def test_the_facts_of_idle_money_are_all_told() -> None:
    assert said(CHINESE, explain.why, idle()).startswith(
        "云搬发〔2026〕63号资金 412.00 万元于2025年10月18日到账（建设银行 6228 **** 1111）。"
        "至2026年11月22日已满 400 天，支出 41.20 万元，占 9.9%，仍有 370.80 万元未用。"
    )
    assert said(ENGLISH, explain.why, idle()).startswith(
        "CNY 4,120,000.00 arrived on 18 October 2025 in 建设银行 6228 **** 1111 (云搬发〔2026〕63号). "
        "By 22 November 2026, 400 days later, CNY 411,999.99 of it was spent (9.9%) and CNY 3,708,000.01 lies unused."
    )


def test_the_facts_of_late_money_are_all_told() -> None:
    assert said(CHINESE, explain.why, late()).startswith(
        "云搬发〔2026〕63号应于2026年10月10日前全部拨到下级，共 8.60 亿元。"
        "至2026年11月22日已到账 5.60 亿元，仍有 3.00 亿元未到（3 笔中 2 笔逾期），逾期 43 天。"
    )
    assert said(ENGLISH, explain.why, late()).startswith(
        "By 云搬发〔2026〕63号, CNY 860,000,000.00 was to reach the tier below by 10 October 2026. "
        "By 22 November 2026, CNY 560,000,000.00 had arrived; "
        "CNY 300,000,000.00 is missing in 2 of 3 allocations, 43 days overdue."
    )


def test_what_is_not_due_yet_is_never_called_overdue() -> None:
    chinese, english = (said(language, explain.why, late("blue", SOON)) for language in (CHINESE, ENGLISH))
    facts, _, _limits = chinese.partition("按现行参数")
    assert facts == (
        "云搬发〔2026〕63号应于2026年11月25日前全部拨到下级，共 8.60 亿元，还有 3 天到期。"
        "至2026年11月22日仍有 3.00 亿元未到，到期款项分文未拨。"
    )
    assert "by 25 November 2026, in 3 days" in english
    assert "overdue" not in english.partition(" Limits")[0]


@pytest.mark.parametrize(
    ("spent", "share"),
    [(0, "0.0%"), (412_000, "0.1%"), (41_199_999, "9.9%"), (41_200_000, "10.0%"), (20_599_999, "4.9%")],
)
def test_a_share_under_its_limit_never_reads_as_the_limit(spent: int, share: str) -> None:
    text = said(CHINESE, explain.why, idle(spent=spent))
    assert f"占 {share}，" in text


@pytest.mark.parametrize(
    ("yuan", "chinese"),
    [
        ("0.01", "0.01 元"),
        ("9999.99", "9,999.99 元"),
        ("10000", "1.00 万元"),
        ("3708000.01", "370.80 万元"),
        ("100000000", "1.00 亿元"),
        ("13150000000.50", "131.50 亿元"),
    ],
)
def test_money_is_told_in_the_unit_of_its_size(yuan: str, chinese: str) -> None:
    with translation.override(CHINESE):
        assert explain.money(Decimal(yuan)).replace("\xa0", " ") == chinese
    with translation.override(ENGLISH):
        assert explain.money(Decimal(yuan)) == f"CNY {Decimal(yuan):,.2f}"


def test_sentences_go_by_what_was_stored_that_day() -> None:
    """Other limits today change no word about an alert raised under the old ones."""
    alert = idle()
    alert.limits = LIMITS["IDLE_FUND"] | {"yellow_days": "200.0000", "share": "0.2500"}
    assert "支出低于 25%" in said(CHINESE, explain.why, alert)
    assert "满 200 天，为黄色" in said(CHINESE, explain.why, alert)


@pytest.mark.parametrize(("code", "article"), [("IDLE_FUND", "第四十二条"), ("TRANSFER_LATE", "第五十二条")])
def test_every_type_names_its_law(code: str, article: str) -> None:
    assert explain.BASIS[code] == f"《预算法》{article}"
