"""The engine's own words in both languages: errors, empty lists, totals, pagers, exports."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from anzhi.foundation.web import errors
from foundation.web.partial import ask
from foundation.web.test_export import cells_of
from harness.people import client_of, user_at

pytestmark = [pytest.mark.django_db, pytest.mark.urls("foundation.web.listing")]
HAN, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{3,}")
NUMBER = re.compile(r"ER-[0-9A-F]{4}-[0-9A-F]{4}")
SAID = {
    400: ("This request could not be read", "这个请求读不懂"),
    500: ("Something on our side failed", "我们这边出了问题"),
    503: ("The database does not answer", "数据库没有应答"),
}


def speaking(language: str, *roles: str) -> Client:
    """Somebody of the province who reads this language; nobody without roles."""
    client = client_of(user_at(*roles, region="53")) if roles else Client()
    client.raise_request_exception = False
    client.cookies["django_language"] = language
    return client


def words(page: str) -> str:
    """What is read in the main part."""
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0] or page.partition("<body")[2]
    return NUMBER.sub("", strip_tags(re.sub(r"<(script|style).*?</\1>", "", main, flags=re.DOTALL)))


@pytest.mark.parametrize("status", SAID)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_failure_speaks_the_reader_s_language(language: str, status: int) -> None:
    page = speaking(language).get(f"/t/failing/?kind={status}")
    english, chinese = SAID[status]
    assert page.status_code == status
    assert (english if language == "en" else chinese) in page.text
    assert (chinese if language == "en" else english) not in page.text
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/t/nowhere/at/all/", 404), ("/t/539999000000/", 404), ("/t/plain/", 405), ("/t/writing/", 500)],
)
def test_a_refusal_has_its_number_and_no_word_of_the_other_language(path: str, status: int) -> None:
    for language, foreign in (("zh-hans", LATIN), ("en", HAN)):
        page = speaking(language, "finance").get(path)
        assert page.status_code == status
        assert NUMBER.search(page.text)
        said = words(page.text).replace("杨若岚", "").replace(user_office(page.text), "")
        assert not foreign.findall(said), (language, said)


def user_office(page: str) -> str:
    """The name of one's office stands in Chinese on every page."""
    found = re.search(r'class="az-who"><span>[^<]*</span><small>([^<]*)</small>', page)
    return found[1] if found else "\0"


def test_a_missing_role_is_explained_in_both_languages() -> None:
    for language, words_ in (("en", "Your role does not include this act"), ("zh-hans", "您的角色不含这项操作")):
        page = speaking(language, "officer").get("/t/532328000000/rename/")
        assert page.status_code == 403
        assert words_ in page.text


def test_every_wording_has_a_title_a_sentence_and_an_icon() -> None:
    for status, wording in {**errors.WORDS, 0: errors.CSRF}.items():
        assert str(wording.title).strip(), status
        assert str(wording.sentence).strip().endswith((".", "。")), status
        assert wording.icon


@pytest.mark.parametrize(
    ("language", "path", "said"),
    [
        ("en", "/t/none/", "Nothing here yet"),
        ("zh-hans", "/t/none/", "这里还没有内容"),
        ("en", "/t/list/?q=xyzzy", "No row fits"),
        ("zh-hans", "/t/list/?q=xyzzy", "没有符合的"),
        ("en", "/t/list/?valid_from=x", "“x” is not a date"),
        ("zh-hans", "/t/list/?valid_from=x", "“x”不是日期"),
        ("en", "/t/list/?level=xyz", "There is no choice “xyz”"),
        ("en", "/t/list/?level=county&page=2", "Page 2 of"),
        ("zh-hans", "/t/list/?level=county&page=2", "第 2 页"),
        ("en", "/t/summed/?q=元谋", "equal to the rows listed"),
        ("zh-hans", "/t/summed/?q=元谋", "与所列行相加一致"),
        ("en", "/t/summed/?q=元谋", "Total 1 region"),
        ("en", "/t/seek/?level=prefecture", "Next page"),
        ("zh-hans", "/t/seek/?level=prefecture", "下一页"),
    ],
)
def test_a_list_speaks_the_reader_s_language(language: str, path: str, said: str) -> None:
    assert said in speaking(language, "finance").get(path).text


def test_the_swapped_part_speaks_it_too() -> None:
    assert "No row fits" in ask(speaking("en", "finance"), "/t/list/?q=xyzzy").text
    assert "没有符合的" in ask(speaking("zh-hans", "finance"), "/t/list/?q=xyzzy").text


@pytest.mark.parametrize(("language", "about"), [("en", "Exported by"), ("zh-hans", "导出人")])
def test_a_sheet_speaks_it_too(language: str, about: str) -> None:
    lines = cells_of(speaking(language, "finance").get("/t/summed/?level=county&export=csv"))
    assert about in {line[0] for line in lines if line}


def test_the_choice_of_a_language_is_kept_for_the_next_page(settings: Any) -> None:
    client = speaking("zh-hans", "finance")
    assert "没有符合的" in client.get("/t/list/?q=xyzzy").text
    client.post("/i18n/setlang/", {"language": "en"})
    assert "No row fits" in client.get("/t/list/?q=xyzzy").text
