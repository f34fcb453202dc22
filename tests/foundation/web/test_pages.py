"""Pages: who may open them, what GET may not do, what a form keeps, what a refusal looks like."""

from typing import Any

import pytest
from django.db.utils import InternalError
from django.test import Client

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.regions.models import Region
from anzhi.foundation.web.pages import Page
from harness.people import client_of, user_at

pytestmark = [pytest.mark.django_db, pytest.mark.urls("foundation.web.listing")]
HERE, AWAY = "532328000000", "530622000000"


@pytest.fixture
def county() -> Client:
    """A finance officer of 元谋."""
    return client_of(user_at("finance"))


@pytest.fixture
def importer() -> Client:
    """Someone who may import regions of the province."""
    return client_of(user_at("sysadmin", region="53"))


def test_a_page_must_say_who_may_open_it() -> None:
    with pytest.raises(TypeError, match="must name a permission"):
        type("Silent", (Page,), {})
    with pytest.raises(TypeError, match="not both"):
        type("Torn", (Page,), {"permission": Permission.OWN_ACCOUNT, "public": True})
    assert type("Base", (Page,), {}, abstract=True)


def test_login_is_the_default_and_public_says_so(county: Client) -> None:
    assert Client().get("/t/list/").headers["Location"] == "/login/?next=/t/list/"
    assert Client().get("/t/open/").status_code == 200
    assert county.get("/t/open/").status_code == 200


def test_missing_and_foreign_rows_look_the_same(county: Client) -> None:
    mine, foreign, missing = (county.get(f"/t/{code}/") for code in (HERE, AWAY, "539999000000"))
    assert mine.status_code == 200
    assert foreign.status_code == missing.status_code == 404
    assert _without_number(foreign.text) == _without_number(missing.text)
    assert "彝良" not in foreign.text


def test_a_missing_permission_is_a_page_with_the_reason(county: Client) -> None:
    page = county.get(f"/t/{HERE}/rename/")
    assert page.status_code == 403
    assert "请联系" in page.text
    assert "az-side" in page.text


def test_the_gate_speaks_before_the_row_is_looked_for(county: Client) -> None:
    assert county.get("/t/539999000000/rename/").status_code == 403


def test_get_cannot_write(county: Client) -> None:
    with pytest.raises(InternalError, match="read-only transaction"):
        county.get("/t/writing/")


def test_after_a_get_the_transaction_may_write_again(county: Client) -> None:
    county.get("/t/list/")
    Region.objects.filter(code=HERE).update(name="元谋")
    assert Region.objects.get(code=HERE).name == "元谋"


def test_pages_are_kept_by_no_shared_cache(county: Client) -> None:
    assert set(county.get("/t/list/").headers["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_the_policy_names_the_nonce_of_the_import_map(county: Client) -> None:
    page = county.get("/t/list/")
    policy = page.headers["Content-Security-Policy"]
    nonce = page.text.split('<script type="importmap" nonce="')[1].split('"')[0]
    assert f"'nonce-{nonce}'" in policy
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy


def test_a_form_saves_and_leads_on(importer: Client) -> None:
    assert 'name="name"' in importer.get(f"/t/{HERE}/rename/").text
    answer = importer.post(f"/t/{HERE}/rename/", {"name": "新元谋"})
    assert answer.headers["Location"] == "/t/list/"
    assert Region.objects.get(code=HERE).name == "新元谋"
    assert "改好了" in importer.get("/t/list/").text


@pytest.mark.parametrize(("typed", "said"), [("", "必填"), ("不行", "这个名字不行"), ("完全不行", "整个不行")])
def test_what_is_wrong_is_said_and_nothing_is_kept(importer: Client, typed: str, said: str) -> None:
    before = Region.objects.get(code=HERE).name
    answer = importer.post(f"/t/{HERE}/rename/", {"name": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed}"' in answer.text or not typed
    assert Region.objects.get(code=HERE).name == before


def test_an_act_is_a_post(county: Client) -> None:
    refused = county.get("/t/touch/")
    assert refused.status_code == 405
    assert refused.headers["Allow"] == "POST"
    assert "这个地址不能直接打开" in refused.text
    assert county.post("/t/touch/", {"name": "x"}).headers["Location"] == "/t/list/?q=x"
    assert county.post("/t/plain/").headers["Location"] == "/t/list/"


def test_an_act_that_lacks_its_reason_asks_for_it(county: Client) -> None:
    answer = county.post("/t/touch/", {"name": ""})
    assert answer.status_code == 422
    assert 'action="/t/touch/"' in answer.text


def test_buttons_stand_for_who_may_press_them(county: Client, importer: Client) -> None:
    address = f"/t/{HERE}/rename/"
    assert address not in county.get(f"/t/{HERE}/").text
    assert address in importer.get(f"/t/{HERE}/").text
    for page in (county.get(f"/t/{HERE}/").text, importer.get(f"/t/{HERE}/").text):
        assert "还差一次核验" in page


def _without_number(text: str) -> Any:
    head, _, tail = text.partition("编号 ER-")
    return head.replace(AWAY, "").replace("539999000000", "").split("nonce=")[0], tail[20:60]
