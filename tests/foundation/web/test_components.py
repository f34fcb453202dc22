"""Components as templates use them: what each says, and that nothing typed by people becomes markup."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Thing
from typing import Any

import pytest
import time_machine
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.acts import Act
from anzhi.foundation.web.gallery import clock
from harness.people import actor

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
NASTY = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def fixed() -> Any:
    """23 November 2026, in Chinese."""
    with time_machine.travel(NOW, tick=False), translation.override("zh-hans"):
        yield


def drawn(source: str, **values: Any) -> str:
    """A small template with our tags."""
    request = RequestFactory().get("/")
    request.actor = values.pop("actor", actor("finance"))  # type: ignore[attr-defined]  # middleware sets it
    return Template("{% load anzhi %}" + source).render(Context({"request": request, **values}))


def part(name: str, **values: Any) -> str:
    """One include."""
    return render_to_string(f"web/ui/{name}.html", values)


def test_an_icon_is_a_mask_and_silent() -> None:
    text = drawn('{% icon "bell" %}{% icon "map-pin" True %}')
    assert "url('/static/vendor/icons/bell.svg')" in text.replace("&#x27;", "'")
    assert "/static/vendor/icons-filled/map-pin.svg" in text
    assert text.count('aria-hidden="true"') == 2


@pytest.mark.parametrize(
    ("level", "letter", "word"), [("red", "红", "红色"), ("yellow", "黄", "黄色"), ("blue", "蓝", "蓝色")]
)
def test_a_level_is_shape_letter_and_word(level: str, letter: str, word: str) -> None:
    text = drawn("{% level name %}", name=level)
    assert f'<i aria-hidden="true">{letter}</i>{word}' in text
    alone = drawn('{% level name "" True %}', name=level)
    assert f'aria-label="{word}预警"' in alone
    assert "az-level-lg" in alone
    assert ">0</span>" in drawn("{% level name 0 %}", name=level)


def test_a_level_in_english() -> None:
    with translation.override("en"):
        assert ">R</i>Red" in drawn('{% level "red" %}')


def test_what_people_typed_is_never_markup() -> None:
    for text in (
        drawn("{% state 'run' words %}", words=NASTY),
        drawn("{% unknown words %}", words=NASTY),
        drawn("{% level 'red' words %}", words=NASTY),
        drawn("{% kpi words words words words words %}", words=NASTY),
        drawn("{% bar words words 50 60 %}", words=NASTY),
        part("note", text=NASTY, strong=NASTY, kind="bad"),
        part("empty", title=NASTY, text=NASTY, url="#", act=NASTY),
        part("why", title=NASTY, text=NASTY, basis=NASTY),
        part("trail", steps=[{"title": NASTY, "who": NASTY, "said": NASTY, "url": NASTY}]),
        part("facts", facts=[(NASTY, NASTY)]),
        part("due", text=NASTY, tone="late"),
        part("photo", photo=Thing(url=NASTY, thumb=NASTY, alt=NASTY, caption=NASTY)),
        part("panel_head", title=NASTY, aside=NASTY),
    ):
        assert "<script" not in text
        assert "&lt;script" in text


def test_freshness_has_three_faces() -> None:
    recent, old = NOW - timedelta(minutes=5), NOW - timedelta(hours=26)
    assert 'class="az-fresh">5 分钟前' in drawn("{% fresh at 60 %}", at=recent)
    assert 'az-fresh-old">已 1 天' in drawn("{% fresh at 60 %}", at=old)
    assert "az-fresh-dead" in drawn("{% fresh at 60 True %}", at=old)
    assert "尚未更新" in drawn("{% fresh at 60 %}", at=None)


def test_a_bar_never_leaves_its_box_but_says_the_truth() -> None:
    text = drawn("{% bar 'x' 'y' 89 140 %}")
    assert "width:100%" in text
    assert "140%" in text
    assert "left:89%" in text
    assert "<u" not in drawn("{% bar 'x' 'y' %}")


def test_a_key_figure_leads_to_its_rows() -> None:
    assert '<a href="/rows/">7</a><small>笔</small>' in drawn("{% kpi '未匹配' 7 '笔' '' '/rows/' %}")
    assert "<a" not in drawn("{% kpi '未匹配' 7 %}")


def test_a_clock_marks_today_and_what_does_not_count() -> None:
    made = clock("服务承诺", "uuppuuw", "今日到期", "soon")
    text = part("clock", clock=made)
    assert text.count('<i class="p') == 2
    assert text.count(" t") >= 1
    assert "5 个工作日" in text
    assert "az-clock-soon" in text
    assert [cell["today"] for cell in made["cells"]].index(True) == 6


def test_a_due_date_carries_its_sign() -> None:
    assert "clock-exclamation" in part("due", text="逾期 1 个工作日", tone="late")
    assert "clock-hour-4" in part("due", text="今日 17:30", tone="soon")
    assert "az-icon" not in part("due", text="还剩 3 个工作日", tone="")


def test_facts_without_a_value_are_left_out() -> None:
    text = part("facts", facts=[("有", 0), ("空", ""), ("无", None)])
    assert "有" in text
    assert "空" not in text
    assert "无" not in text


def test_a_step_of_the_trail() -> None:
    text = part(
        "trail", steps=[{"kind": "done", "title": "说明", "who": "普文昭", "at": NOW, "said": "已列入。", "url": "/x/"}]
    )
    assert '<a href="/x/">说明</a>' in text
    assert "11-23 12:00" in text
    assert '<p class="az-said">已列入。</p>' in text


def test_a_button_with_a_reason_stands_greyed() -> None:
    text = part("act", act=Act("销号", "/close/", reason="须核验两次，且不得由经办人"))
    assert "disabled" in text
    assert "须核验两次" in text
    assert "/close/" not in text


def test_a_button_that_does_something_is_a_form() -> None:
    text = part("act", act=Act("签收", "/take/", "check", "main", post=True))
    assert '<form method="post" action="/take/" data-once>' in text
    assert "az-btn-main" in text
    assert '<a class="az-btn az-btn-bad" href="/end/">' in part("act", act=Act("终止", "/end/", kind="bad"))


def test_a_button_needs_its_permission() -> None:
    act = Act("改", "/x/", permission=Permission.REGION_IMPORT)
    assert not act.shown_to(actor("finance"))
    assert act.shown_to(actor("sysadmin", region="53"))
    assert Act("看", "/x/").shown_to(actor())


def test_a_template_may_ask_the_gate() -> None:
    source = '{% allowed "region_import" as may %}{% if may %}可以{% else %}不可以{% endif %}'
    assert drawn(source) == "不可以"
    assert drawn(source, actor=actor("sysadmin", region="53")) == "可以"
    with pytest.raises(ValueError, match="no_such"):
        drawn('{% allowed "no_such" as may %}')


def test_formats_in_templates() -> None:
    source = "{{ sum|money }} {{ sum|wan }} {{ n|figure }} {{ rate|figure:1 }} {{ day|md }} {{ day|short_time }}"
    text = drawn(source, sum=Decimal("-12345.6"), n=51800, rate=Decimal("84.42"), day=NOW)
    assert text == "−12,345.60 −1.23 51,800 84.4 11月23日 11-23 12:00"


def test_the_theme_falls_back_to_light() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = "'><script>"
    assert Template("{% load anzhi %}{% theme %}").render(Context({"request": request})) == "light"
