"""In by one door: stripped, checked, once."""

import errno
import io
import random
import tracemalloc
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.models import Event
from anzhi.foundation.files import services, store
from anzhi.foundation.files.models import FileLink, Sort, StoredFile
from anzhi.foundation.files.refusals import FileRefused
from harness import people, pictures

OFFICER = people.actor("officer")
PLACE = (101.87, 25.7)


def photo(owner: object, data: bytes, name: str = "现场.jpg", **more: object) -> FileLink:
    return services.store_photo(
        by=OFFICER, owner=owner, permission=Permission.SITE_VIEW, name=name, chunks=[data], **more
    )


def document(owner: object, data: bytes, name: str = "批复.pdf") -> FileLink:
    return services.store_document(by=OFFICER, owner=owner, permission=Permission.SITE_VIEW, name=name, chunks=[data])


def on_disk(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


def stored(link: FileLink, thumb: int | None = None) -> Image.Image:
    return Image.open(store.path(link.file.sha256, thumb))


def test_a_photo_keeps_its_pixels_and_loses_everything_else(owner: object) -> None:
    link = photo(owner, pictures.photo(gps=PLACE, taken="2026:05:01 08:30:00", offset="+08:00"))
    raw = store.path(link.file.sha256).read_bytes()
    with stored(link) as image:
        assert not dict(image.getexif())
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
        assert image.size == (60, 40)
    assert b"SecretCamera" not in raw
    assert b"Exif" not in raw
    assert (link.file.width, link.file.height, link.file.sort) == (60, 40, Sort.PHOTO)


def test_what_the_camera_knew_is_kept_beside_it(owner: object) -> None:
    link = photo(owner, pictures.photo(gps=PLACE, taken="2026:05:01 08:30:00", offset="+08:00"))
    link.refresh_from_db()
    assert (round(link.point.x, 4), round(link.point.y, 4)) == PLACE
    assert link.taken_at.isoformat() == "2026-05-01T00:30:00+00:00"
    local = photo(owner, pictures.photo(taken="2026:05:01 08:30:00", colour="blue"))
    local.refresh_from_db()
    assert (local.taken_at.isoformat(), local.point) == ("2026-05-01T00:30:00+00:00", None)


@pytest.mark.parametrize(("gps", "taken"), [((0, 0), ""), (None, "gestern"), (None, "0000:00:00 00:00:00")])
def test_what_the_camera_did_not_know_stays_unknown(owner: object, gps: tuple, taken: str) -> None:
    link = photo(owner, pictures.photo(gps=gps, taken=taken))
    assert (link.taken_at, link.point) == (None, None)


def test_a_photo_stands_upright(owner: object) -> None:
    link = photo(owner, pictures.photo(orientation=6))
    with stored(link) as image:
        assert image.size == (40, 60)
        assert image.convert("RGB").getpixel((20, 5))[0] > 200  # the left half is on top now


def test_smaller_copies_lie_beside_it(owner: object) -> None:
    link = photo(owner, pictures.photo(size=(2000, 1000)))
    for size, shape in ((480, (480, 240)), (1600, (1600, 800))):
        with stored(link, size) as image:
            assert (image.size, image.format) == (shape, "JPEG")


def test_a_transparent_picture_stays_one_and_others_become_jpeg(owner: object) -> None:
    glass = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(glass, "PNG")
    link = photo(owner, glass.getvalue(), "印章.png")
    with stored(link) as image, stored(link, 480) as thumb:
        assert (image.mode, image.format) == ("RGBA", "PNG")
        assert thumb.getpixel((5, 5)) == (255, 255, 255)
    web = photo(owner, pictures.photo(form="WEBP"), "图.webp")
    assert (web.file.content_type, web.name) == ("image/jpeg", "图.jpg")


def test_the_same_bytes_are_stored_once(owner: object, folder: Path) -> None:
    data = pictures.photo(gps=PLACE)
    first, again = photo(owner, data), photo(owner, data)
    elsewhere = photo(people.agency_at("5323"), data, region_code="532328000000")
    other_view = photo(owner, data, viewpoint="大坝")
    assert first == again
    assert first.file == elsewhere.file == other_view.file
    assert StoredFile.objects.count() == 1
    assert len(on_disk(folder)) == 3  # the picture and two thumbnails
    assert FileLink.objects.count() == 3


def test_adding_a_file_is_an_event_once(owner: object) -> None:
    for _ in range(2):
        photo(owner, pictures.photo(), viewpoint="大坝")
    (event,) = Event.objects.filter(name="file.added")
    assert (event.facts["file"], event.facts["viewpoint"], event.subject_id) == ("现场.jpg", "大坝", str(owner.pk))


def test_who_may_not_upload_leaves_nothing(owner: object, folder: Path) -> None:
    for actor in (people.actor("sysadmin"), people.actor("officer", region="530622")):
        with pytest.raises(Denied):
            services.store_photo(
                by=actor, owner=owner, permission=Permission.SITE_VIEW, name="a.jpg", chunks=[pictures.photo()]
            )
    assert on_disk(folder) == []


BAD_PHOTOS = {
    "empty": b"",
    "cut off": pictures.photo(size=(300, 300))[:800],
    "no picture": b"%PDF-1.7\n",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "html named jpg": b"<html><script>1</script>",
    "gif": b"GIF89a" + b"\x00" * 50,
    "only the first bytes": b"\xff\xd8\xff\xe0" + b"\x00" * 100,
    "50 million pixels": pictures.png(10_000, 5_001, b"x"),
    "huge claim": pictures.png(2**31 - 1, 2**31 - 1, b"x"),
    "rows that never come": pictures.png(5000, 5000, b"\x78\x9c"),
}


@pytest.mark.parametrize("case", BAD_PHOTOS)
def test_a_bad_photo_is_refused_in_words_and_leaves_nothing(owner: object, folder: Path, case: str) -> None:
    with pytest.raises(FileRefused, match=r"\w{2}"):
        photo(owner, BAD_PHOTOS[case])
    assert on_disk(folder) == []
    assert not StoredFile.objects.exists()


@pytest.mark.fault
def test_a_picture_bomb_costs_no_memory(owner: object) -> None:
    tracemalloc.start()
    with pytest.raises(FileRefused):
        photo(owner, pictures.png(30_000, 30_000, b"x" * 1000))
    assert tracemalloc.get_traced_memory()[1] < 20e6
    tracemalloc.stop()


@pytest.mark.fault
def test_a_text_bomb_inside_a_png_is_refused_or_dropped(owner: object, folder: Path) -> None:
    import zlib

    text = (b"zTXt", b"Comment\x00\x00" + zlib.compress(b"A" * 80_000_000, 9))
    try:
        link = photo(owner, pictures.png(10, 10, None, text))
    except FileRefused:
        assert on_disk(folder) == []
    else:
        assert link.file.size < 1000


def test_a_photo_that_is_also_an_archive_is_only_a_photo_afterwards(owner: object) -> None:
    link = photo(owner, pictures.photo() + pictures.archive(evil=b"#!/bin/sh"))
    assert b"PK\x05\x06" not in store.path(link.file.sha256).read_bytes()


@pytest.mark.parametrize(
    ("data", "ending", "content_type"),
    [
        (b"%PDF-1.7\nwords\n%%EOF", ".pdf", "application/pdf"),
        (pictures.office("xl/workbook.xml"), ".xlsx", "spreadsheetml"),
        (pictures.office("word/document.xml"), ".docx", "wordprocessingml"),
        (pictures.archive(a=b"text"), ".zip", "zip"),
        ("户主,人口\n李,3\n".encode("gb18030"), ".csv", "csv"),
        (b"<?xml version='1.0'?><Document/>", ".xml", "xml"),
    ],
)
def test_a_document_is_kept_as_it_is_and_named_by_its_contents(
    owner: object, data: bytes, ending: str, content_type: str
) -> None:
    link = document(owner, data, "文件.exe")
    assert link.name == f"文件{ending}"
    assert content_type in link.file.content_type
    assert store.path(link.file.sha256).read_bytes() == data


BAD_DOCUMENTS = {
    "empty": b"",
    "svg": b"<svg/>",
    "svg after an xml line": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    "program": b"\x7fELF" + b"\x00" * 100,
    "photo as document": pictures.photo(),
    "pdf and zip in one": b"%PDF-1.7\n" + pictures.archive(a=b"x"),
    "broken zip": b"PK\x03\x04 and nothing",
    "macros": pictures.office("xl/workbook.xml", "xl/vbaProject.bin"),
    "an office file of another sort": pictures.office("ppt/presentation.xml"),
    "zip bomb": pictures.archive(a=b"\x00" * 30_000_000),
}


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_bad_document_is_refused_in_words_and_leaves_nothing(owner: object, folder: Path, case: str) -> None:
    with pytest.raises(FileRefused, match=r"\w{2}"):
        document(owner, BAD_DOCUMENTS[case])
    assert on_disk(folder) == []


def test_more_than_the_limit_is_refused_while_it_comes(owner: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_DOCUMENT", 100)
    taken = []

    def endless() -> object:
        while True:
            taken.append(1)
            yield b"text " * 10

    with pytest.raises(FileRefused):
        services.store_document(by=OFFICER, owner=owner, permission=Permission.SITE_VIEW, name="a", chunks=endless())
    assert len(taken) == 3


@pytest.mark.fault
def test_an_upload_that_breaks_off_leaves_nothing(owner: object, folder: Path) -> None:
    def broken() -> object:
        yield pictures.photo()[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        services.store_photo(by=OFFICER, owner=owner, permission=Permission.SITE_VIEW, name="a", chunks=broken())
    assert on_disk(folder) == []
    assert not StoredFile.objects.exists()


@pytest.mark.fault
@pytest.mark.parametrize("fails", ["fsync", "thumbnail"])
def test_a_full_disk_leaves_nothing(owner: object, folder: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if fails == "fsync":
        monkeypatch.setattr("os.fsync", full)
    else:
        monkeypatch.setattr("anzhi.foundation.files.images._thumb", full)
    with pytest.raises(OSError, match="No space"):
        photo(owner, pictures.photo())
    assert on_disk(folder) == []
    assert not StoredFile.objects.exists()


def test_raw_files_of_any_size_take_constant_memory(db: None, folder: Path) -> None:
    block = random.Random(1).randbytes(1024 * 1024)
    tracemalloc.start()
    blob = services.write_raw(block for _ in range(60))
    assert tracemalloc.get_traced_memory()[1] < 8e6
    tracemalloc.stop()
    kept = services.name_raw(blob)
    assert (kept.size, kept.sort) == (60 * 1024 * 1024, Sort.RAW)
    assert services.name_raw(services.write_raw(store.pieces(store.path(blob.sha256)))) == kept
    assert store.path(blob.sha256).stat().st_mode & 0o077 == 0, "no other user of the machine reads it"


def test_a_rolled_back_upload_is_swept_away_later(owner: object, folder: Path) -> None:
    from anzhi.foundation.files import jobs, sweeping

    kept = photo(owner, pictures.photo())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        photo(owner, pictures.photo(colour="blue"))
        raise ZeroDivisionError
    assert len(on_disk(folder)) == 6
    jobs.sweep_orphans()
    assert len(on_disk(folder)) == 6, "young files may belong to a transaction that is still open"
    in_two_days = store.path(kept.file.sha256).stat().st_mtime + 2 * 24 * 3600
    assert sweeping.sweep(in_two_days) == 3
    assert len(on_disk(folder)) == 3
    assert store.path(kept.file.sha256).exists()
