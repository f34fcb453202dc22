"""Pictures of the present state: from which viewpoint, of which day, in which order, for whose eyes."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit.models import Event
from anzhi.foundation.files.models import FileLink
from anzhi.network.projects import queries, record
from anzhi.network.projects.models import Project
from anzhi.network.projects.services.milestones import add_photo
from anzhi.network.projects.states import View
from anzhi.network.sites import queries as sites
from anzhi.network.sites import services
from anzhi.network.sites.states import View as SiteView
from harness import pictures
from harness.people import FOREIGN, actor, client_for
from network.projects.factories import YUANMOU, project
from network.sites.factories import site

pytestmark = pytest.mark.django_db
OFFICER = actor("officer")


@pytest.fixture
def dam() -> Project:
    with system_scope():
        return project(place=YUANMOU)


def taken(dam: Project, view: str, day: str = "", colour: str = "green", wide: int = 60) -> FileLink:
    body = pictures.photo(taken=day, offset="+08:00", colour=colour, size=(wide, 40))
    with system_scope():
        return add_photo(by=OFFICER, project=dam, view=view, name=f"{view}.jpg", chunks=[body])


@pytest.mark.parametrize("view", list(View))
def test_each_viewpoint_is_named_on_its_picture(dam: Project, view: View) -> None:
    link = taken(dam, view.value, "2026:11:04 09:30:00")
    with system_scope():
        (shown,) = record.pictures(queries.photos(dam))
    assert (shown["link"], shown["view"]) == (link, view.label)
    assert shown["on"].date() == date(2026, 11, 4)


def test_the_newest_day_stands_first_whenever_it_was_brought(dam: Project) -> None:
    last = taken(dam, "upstream", "2026:11:04 09:30:00", "blue")
    first = taken(dam, "upstream", "2020:01:01 09:30:00", "white")
    undated = taken(dam, "upstream", colour="black")
    with system_scope():
        assert queries.photos(dam) == [undated, last, first], "without a day it counts as of when it came"


def test_a_picture_taken_just_after_midnight_is_of_that_day(dam: Project) -> None:
    taken(dam, "upstream", "2026:11:04 00:10:00")
    page = client_for("officer").get(reverse("projects:project", args=[dam.code]))
    assert "坝址上游 11-04" in page.text


@pytest.mark.parametrize(("many", "shown"), [(1, 1), (6, 6), (8, 6)])
def test_the_record_shows_six_and_counts_all(dam: Project, many: int, shown: int) -> None:
    for number in range(many):
        taken(dam, "upstream", f"2026:11:{number + 1:02} 09:30:00", wide=60 + number)
    text = client_for("officer").get(reverse("projects:project", args=[dam.code])).text
    assert text.count('class="az-photo"') == shown
    assert f"{many} 张" in text


@pytest.mark.parametrize("view", list(SiteView))
def test_a_site_has_four_fixed_viewpoints_and_two_free_ones(view: SiteView) -> None:
    with system_scope():
        made = site()
        link = services.add_photo(by=OFFICER, site=made, view=view, name="a.jpg", chunks=[pictures.photo()])
        (shown,) = record.pictures(sites.photos(made), dict(SiteView.choices))
    assert (shown["link"], shown["view"]) == (link, view.label)


@pytest.mark.parametrize("who", [actor("leader"), actor("finance"), actor("officer", region=FOREIGN)])
def test_only_an_officer_of_the_county_adds_one(dam: Project, who: Any) -> None:
    with system_scope(), pytest.raises(Denied):
        add_photo(by=who, project=dam, view="upstream", name="a.jpg", chunks=[pictures.photo()])


def test_nobody_else_sees_it(dam: Project) -> None:
    link = taken(dam, "upstream", "2026:11:04 09:30:00")
    where = reverse("files:thumb", args=[link.pk, 480])
    answer = client_for("officer").get(where)
    assert answer.status_code == 200
    assert b"".join(answer)  # read to its end, which closes it
    assert client_for("officer", region=FOREIGN).get(where).status_code == 404
    assert client_for("secadmin").get(where).status_code in (403, 404)


@pytest.mark.parametrize(
    ("body", "name"),
    [(b"", "leer.jpg"), (b"%PDF-1.4\n%%EOF\n", "a.jpg"), (b"GIF89a", "a.gif"), (b"<svg/>", "a.svg")],
)
def test_what_is_no_photo_is_refused_and_leaves_nothing(dam: Project, body: bytes, name: str) -> None:
    officer = client_for("officer")
    where = reverse("projects:photo", args=[dam.code])
    answer = officer.post(where, {"photo": SimpleUploadedFile(name, body), "viewpoint": "upstream"})
    assert answer.status_code == 422
    with system_scope():
        assert queries.photos(dam) == []
        assert not Event.objects.filter(name="file.added").exists()


def test_a_viewpoint_must_be_one_of_the_fixed_ones(dam: Project) -> None:
    officer: Client = client_for("officer")
    where = reverse("projects:photo", args=[dam.code])
    for view in ("", "sideways", "N"):
        picture = SimpleUploadedFile("a.jpg", pictures.photo())
        assert officer.post(where, {"photo": picture, "viewpoint": view}).status_code == 422, view
