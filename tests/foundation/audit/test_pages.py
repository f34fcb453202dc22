"""Pages of the trail: the list, one event, the history of a thing, exports that leave a trace."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.audit import presenters, queries
from anzhi.foundation.audit.door import action
from anzhi.foundation.audit.models import Event
from anzhi.foundation.regions.models import Region
from foundation.audit.conftest import CLERK, SUBJECT
from harness.people import client_for

pytestmark = pytest.mark.django_db
AUDITOR = ("auditor_ro",)


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        presenters, "_known", {**presenters._known, "test.paid": presenters.Presenter("拨付 %(amount)s 元", {})}
    )


@pytest.fixture
def trail() -> int:
    """One event here, one in another prefecture; the number of the one here."""
    with system_scope():
        with action("test.paid", by=SYSTEM, on=SUBJECT, region_code="530622000000", amount="999"):
            pass
        with action("test.paid", by=CLERK, on=SUBJECT, region_code="532328000000", amount="412", note=None):
            pass
        return Event.objects.latest("id").pk


def test_the_list_shows_the_area_s_events_as_sentences(trail: int) -> None:
    page = client_for(*AUDITOR, region="5323").get("/audit/")
    assert page.status_code == 200
    assert "拨付 412 元" in page.text
    assert "杨若岚（元谋县搬迁安置办）" in page.text
    assert "999" not in page.text


@pytest.mark.parametrize("role", ["leader", "fund_monitor", "sysadmin", "secadmin"])
def test_others_may_not_read_it(trail: int, role: str) -> None:
    client = client_for(role, region="53")
    for address in ("/audit/", f"/audit/{trail}/"):
        page = client.get(address)
        assert page.status_code == 403
        assert "412" not in page.text


def test_one_event_with_all_it_recorded(trail: int) -> None:
    page = client_for(*AUDITOR, region="532328").get(f"/audit/{trail}/")
    assert page.status_code == 200
    for words in ("拨付 412 元", "amount", "杨若岚", str(SUBJECT)):
        assert words in page.text


def test_an_event_elsewhere_is_not_there(trail: int) -> None:
    client = client_for(*AUDITOR, region="530622")
    assert client.get(f"/audit/{trail}/").status_code == 404
    assert client.get("/audit/999999999999999999999/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=杨若岚", True),
        ("who=元谋县", True),
        ("who=段云岫", False),
        ("subject=元谋", True),
        ("subject=大姚", False),
        ("by=people", True),
        ("by=system", False),
        ("at_from=2000-01-01", True),
        ("at_to=2000-01-01", False),
        ("family=parameter", False),
        ("area=532328000000", True),
    ],
)
def test_filters(trail: int, query: str, found: bool) -> None:
    page = client_for(*AUDITOR, region="5323").get(f"/audit/?{query}")
    assert page.status_code == 200
    assert ("拨付 412 元" in page.text) is found


def test_a_family_is_the_word_before_the_point() -> None:
    with system_scope(), action("parameter.seeded", by=SYSTEM, on=SUBJECT, region_code="532300000000", count=77):
        pass
    page = client_for(*AUDITOR, region="5323").get("/audit/?family=parameter")
    assert "77" in page.text


def test_an_export_leaves_a_trace(trail: int) -> None:
    client = client_for(*AUDITOR, region="5323")
    answer = client.get("/audit/?export=csv&who=杨若岚")
    sheet = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "拨付 412 元" in sheet
    assert "999" not in sheet
    with system_scope():
        event = Event.objects.latest("id")
    assert (event.name, event.facts["rows"], event.facts["kind"]) == ("export.made", 1, "csv")
    assert "杨若岚" in event.facts["filters"]
    assert event.region_code == "532300000000"


def test_the_history_of_a_thing_is_its_own_newest_first(trail: int) -> None:
    with system_scope(), action("test.paid", by=SYSTEM, on=SUBJECT, region_code="532328000000", amount="413"):
        pass
    with system_scope(), action("test.paid", by=SYSTEM, on=Region(code="532300000000", name="x"), amount="1"):
        pass
    with region_scope("532328"):
        steps = queries.history(SUBJECT)
        assert [step.title for step in steps] == ["拨付 413 元", "拨付 412 元"]
        assert len(queries.history(SUBJECT, limit=1)) == 1
        html = render_to_string("audit/_history.html", {"history": steps})
    assert html.index("413") < html.index("412")
    assert "az-trail" in html
    assert "az-trail" not in render_to_string("audit/_history.html", {"history": []})


def test_who_did_it_is_always_somebody() -> None:
    with translation.override("en"):
        names = [queries.who(Event(actor_label=label, actor_agency=office)) for label, office in PEOPLE]
    assert names == ["the system", "not known", "A（B）", "A"]


PEOPLE = [("system", ""), ("", ""), ("A", "B"), ("A", "")]


def test_how_far_the_seals_reach(trail: int) -> None:
    with region_scope("5323"):
        sealed = queries.sealed()
        assert (sealed.seals, sealed.until, sealed.late) == (0, None, False)
        assert sealed.waiting >= 1
        assert queries.seal_of(Event.objects.get(pk=trail)) is None
    for state, words in ((sealed, "az-fresh"), (queries.Sealed(3, None, 5, True), "az-note-wait")):
        assert words in render_to_string("audit/_sealed.html", {"sealed": state})


def test_a_subject_leads_to_its_page(trail: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_pages", {})
    with region_scope("5323"):
        event = Event.objects.get(pk=trail)
    assert queries.address_of(event) == ""
    queries.subject_page("regions.region", "audit:nowhere")
    assert queries.address_of(event) == ""
    queries.subject_page("regions.region", "audit:event")
    event.subject_id = "7"
    assert queries.address_of(event) == "/audit/7/"
