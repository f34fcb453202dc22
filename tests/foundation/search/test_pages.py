"""The search page, and the list under the search box."""

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.search import services
from harness import people
from harness.things import FOREIGN, found


def store(*rows: object) -> None:
    with system_scope():
        services.index("place", rows)


def text(response: object) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_what_was_found_leads_there(db: None, things: list) -> None:
    store(found(1, "元谋县江边安置点", note="编号 A-7"), found(2, "别处"))
    page = text(people.client_for("officer").get("/search/", {"q": "江边"}))
    assert 'href="/things/1/"' in page
    assert "元谋县<mark>江边</mark>安置点" in page
    assert "编号 A-7" in page
    assert "/things/2/" not in page


def test_nothing_found_says_where_was_looked(db: None, things: list) -> None:
    client = people.client_for("officer")
    assert "<b>x</b>" not in text(client.get("/search/", {"q": "<b>x</b>"}))
    assert "&lt;b&gt;x&lt;/b&gt;" in text(client.get("/search/", {"q": "<b>x</b>"}))
    assert text(client.get("/search/")) != text(client.get("/search/", {"q": "无"}))


def test_the_box_shows_the_few_best_and_leads_to_all(db: None, things: list) -> None:
    store(*(found(n, f"新村{n}") for n in range(9)))
    few = text(people.client_for("officer").get("/search/", {"q": "新村", "few": "1"}))
    assert "<html" not in few
    assert few.count("/things/") == 4
    assert "/search/?q=%E6%96%B0%E6%9D%91" in few
    assert 'id="found"' in text(people.client_for("officer").get("/search/", {"q": "", "few": "1"}))


def test_all_of_one_kind(db: None, things: list) -> None:
    store(*(found(n, f"新村{n}") for n in range(20)))
    client = people.client_for("officer")
    assert text(client.get("/search/", {"q": "新村"})).count("/things/") == 10
    assert text(client.get("/search/", {"q": "新村", "kind": "place"})).count("/things/") == 20


def test_a_foreign_county_finds_nothing(db: None, things: list) -> None:
    store(found(1, "江边安置点"), found(2, "对岸安置点", FOREIGN))
    page = text(people.client_for("officer").get("/search/", {"q": "安置点"}))
    assert "/things/1/" in page
    assert "对岸" not in page


def test_search_takes_its_permission(db: None, things: list, client: object) -> None:
    assert people.client_for("sysadmin").get("/search/").status_code == 403
    assert client.get("/search/").status_code == 302
    assert 'data-hx-target="#found"' in text(people.client_for("officer").get("/search/"))
