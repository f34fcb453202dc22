"""What the tables of files, search and long work refuse by themselves."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.files.models import FileLink, Sort, StoredFile
from anzhi.foundation.jobs.models import Progress
from anzhi.foundation.search.models import SearchEntry

HERE = "532328000000"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def refused(constraint: str, act: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act()


def blob(digest: str = "a" * 64) -> StoredFile:
    return StoredFile.objects.create(sha256=digest, size=1, content_type="image/jpeg", sort=Sort.PHOTO)


def link(file: StoredFile, **facts: object) -> FileLink:
    given = {"owner_type": "site", "owner_id": "1", "permission": "site_view", "name": "a.jpg", "by_label": "杨若岚"}
    return FileLink.objects.create(file=file, region_code=HERE, source_sha256="b" * 64, **given | facts)


def test_bytes_stand_once(system: None) -> None:
    blob()
    refused("sha256", blob)


def test_a_picture_stands_once_with_its_owner_from_each_side(system: None) -> None:
    file = blob()
    link(file, viewpoint="N")
    refused("file_once_per_owner", lambda: link(file, viewpoint="N"))
    link(file, viewpoint="S")
    link(file, viewpoint="N", owner_id="2")
    assert FileLink.objects.count() == 3


def test_bytes_that_somebody_names_stay(system: None) -> None:
    file = blob()
    link(file)
    with pytest.raises(ProtectedError):
        file.delete()


def test_a_thing_stands_once_in_the_index(system: None) -> None:
    facts = {"kind": "account", "object_id": "1", "region_code": HERE, "title": "x", "url": "/", "text": "x"}
    SearchEntry.objects.create(**facts)
    refused("search_once", lambda: SearchEntry.objects.create(**facts))
    SearchEntry.objects.create(**facts | {"kind": "project"})


def test_one_piece_of_work_on_a_subject(system: None) -> None:
    facts = {"kind": "k", "subject": "1", "region_code": HERE, "started_at": NOW, "updated_at": NOW}
    Progress.objects.create(**facts)
    refused("progress_once", lambda: Progress.objects.create(**facts))


@given(st.integers(0, 10**12), st.none() | st.integers(0, 10**12))
def test_progress_is_between_nothing_and_all_or_not_known(done: int, total: int | None) -> None:
    percent = Progress(done=done, total=total).percent
    if total:
        assert 0 <= percent <= 100  # type: ignore[operator]
        assert (percent == 100) == (done >= total)
    else:
        assert percent is None
