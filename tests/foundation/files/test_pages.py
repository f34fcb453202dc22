"""A file goes out to those who may see its owner, and does nothing where it arrives."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.files import services, store
from anzhi.foundation.files.models import FileLink
from harness import people, pictures


@pytest.fixture
def photo(db: None, folder: Path) -> Iterator[FileLink]:
    """A photo of a county's office, for those who may see sites."""
    return _stored(services.store_photo, "现场 照片.jpg", pictures.photo(), Permission.SITE_VIEW)


@pytest.fixture
def paper(db: None, folder: Path) -> Iterator[FileLink]:
    """A document for those who may see money."""
    return _stored(services.store_document, "批复.pdf", b"%PDF-1.7\n", Permission.TRANSACTION_VIEW)


def _stored(service: object, name: str, data: bytes, permission: Permission) -> FileLink:
    with region_scope("532328"):
        owner = people.agency_at("532328")
        return service(by=people.actor("officer"), owner=owner, permission=permission, name=name, chunks=[data])


def body(response: object) -> bytes:
    data = b"".join(response.streaming_content)
    for close in response._resource_closers:  # response.close() would end the test's connection as well
        close()
    return data


def test_a_photo_is_shown_and_does_nothing_else(photo: FileLink) -> None:
    response = people.client_for("officer").get(f"/files/{photo.pk}/")
    assert response.status_code == 200
    assert body(response) == store.path(photo.file.sha256).read_bytes()
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''%E7%8E%B0")
    assert "private" in response["Cache-Control"]


def test_a_document_is_saved_and_not_shown(paper: FileLink) -> None:
    response = people.client_for("finance").get(f"/files/{paper.pk}/")
    assert response["Content-Disposition"].startswith("attachment")
    assert body(response) == b"%PDF-1.7\n"


@pytest.mark.parametrize("size", [480, 1600])
def test_smaller_copies(photo: FileLink, size: int) -> None:
    response = people.client_for("leader", region="53").get(f"/files/{photo.pk}/{size}/")
    assert body(response) == store.path(photo.file.sha256, size).read_bytes()


def test_a_browser_that_has_it_gets_nothing_twice(photo: FileLink) -> None:
    client = people.client_for("officer")
    first = client.get(f"/files/{photo.pk}/480/")
    body(first)
    again = client.get(f"/files/{photo.pk}/480/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_missing_foreign_and_forbidden_look_the_same(photo: FileLink, paper: FileLink) -> None:
    foreign, officer = people.client_for("officer", region="530622"), people.client_for("officer")
    etag = {"if-none-match": f'"{photo.file.sha256}"'}
    answers = [
        foreign.get(f"/files/{photo.pk}/"),
        foreign.get(f"/files/{photo.pk}/", headers=etag),
        officer.get(f"/files/{paper.pk}/"),
        officer.get(f"/files/{paper.pk}/480/"),
        officer.get(f"/files/{photo.pk}/481/"),
        officer.get("/files/999999/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)


def test_who_sees_no_business_rows_sees_no_files(photo: FileLink, client: object) -> None:
    assert people.client_for("sysadmin").get(f"/files/{photo.pk}/").status_code == 403
    assert client.get(f"/files/{photo.pk}/").status_code == 302


def test_nginx_sends_the_bytes_where_it_stands_in_front(photo: FileLink, settings: object) -> None:
    settings.FILES_ACCEL = True
    response = people.client_for("officer").get(f"/files/{photo.pk}/480/")
    digest = photo.file.sha256
    assert response["X-Accel-Redirect"] == f"/protected/{digest[:2]}/{digest[2:4]}/{digest}.480.jpg"
    assert (response.content, response["Content-Type"]) == (b"", "image/jpeg")


def test_a_blob_that_is_gone_is_missing_and_no_error(photo: FileLink) -> None:
    store.path(photo.file.sha256).unlink()
    assert people.client_for("officer").get(f"/files/{photo.pk}/").status_code == 404
