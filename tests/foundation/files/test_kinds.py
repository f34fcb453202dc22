"""Pictures of every make, archives of every malice, and who may have which file."""

import io
import os
import threading
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.audit.models import Event
from anzhi.foundation.files import queries, services, store, sweeping
from anzhi.foundation.files.models import FileLink, Sort, StoredFile
from anzhi.foundation.files.refusals import FileRefused
from harness import people, pictures

OFFICER = people.actor("officer")


def photo(owner: Any, data: bytes, **more: Any) -> FileLink:
    given = {"by": OFFICER, "permission": Permission.SITE_VIEW, "name": "现场.jpg"} | more
    return services.store_photo(owner=owner, chunks=[data], **given)


def document(owner: Any, data: bytes, **more: Any) -> FileLink:
    given = {"by": OFFICER, "permission": Permission.SITE_VIEW, "name": "批复.pdf"} | more
    return services.store_document(owner=owner, chunks=[data], **given)


def drawn(link: FileLink, thumb: int | None = None) -> Image.Image:
    return Image.open(store.path(link.file.sha256, thumb))


def made(mode: str, form: str, colour: Any = 0, **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (64, 32), colour).save(out, form, **options)
    return out.getvalue()


# --- pictures of every make


@pytest.mark.parametrize(
    ("mode", "form", "colour", "kept"),
    [
        ("RGB", "JPEG", "red", ("JPEG", "RGB")),
        ("L", "JPEG", 200, ("JPEG", "RGB")),
        ("CMYK", "JPEG", (0, 255, 255, 0), ("JPEG", "RGB")),
        ("RGB", "PNG", "red", ("PNG", "RGB")),
        ("L", "PNG", 200, ("PNG", "RGB")),
        ("1", "PNG", 1, ("PNG", "RGB")),
        ("P", "PNG", 3, ("PNG", "RGB")),
        ("LA", "PNG", (200, 0), ("PNG", "RGBA")),
        ("RGBA", "PNG", (255, 0, 0, 128), ("PNG", "RGBA")),
        ("I;16", "PNG", 40_000, ("PNG", "RGB")),
        ("RGB", "WEBP", "red", ("JPEG", "RGB")),
        ("RGBA", "WEBP", (255, 0, 0, 0), ("JPEG", "RGB")),
    ],
)
def test_whatever_the_colours_are_kept_in(owner: Any, mode: str, form: str, colour: Any, kept: tuple[str, str]) -> None:
    link = photo(owner, made(mode, form, colour))
    with drawn(link) as picture, drawn(link, 480) as thumb:
        assert (picture.format, picture.mode, picture.size) == (*kept, (64, 32))
        assert (thumb.format, thumb.mode) == ("JPEG", "RGB")
    assert link.file.content_type == f"image/{kept[0].lower()}"


def test_of_moving_pictures_the_first_stays(owner: Any) -> None:
    first, second = (Image.new("RGB", (40, 40), colour) for colour in ("red", "blue"))
    for form in ("PNG", "WEBP"):
        out = io.BytesIO()
        first.save(out, form, save_all=True, append_images=[second], duration=100)
        with drawn(photo(owner, out.getvalue(), viewpoint=form)) as picture:
            assert getattr(picture, "n_frames", 1) == 1
            assert picture.convert("RGB").getpixel((20, 20))[0] > 200


@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_way_a_camera_can_be_held(owner: Any, orientation: int) -> None:
    with drawn(photo(owner, pictures.photo(orientation=orientation))) as picture:
        assert picture.size == ((60, 40) if orientation < 5 else (40, 60))
        assert not dict(picture.getexif())


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says what it skips
def test_nothing_a_picture_carries_beside_its_pixels_comes_along(owner: Any) -> None:
    words = b"Secret\x00the owner's telephone 13800000000"
    data = pictures.png(16, 16, None, (b"tEXt", words), (b"eXIf", b"II*\x00secret"), (b"iTXt", b"XML\0\0\0\0\0secret"))
    kept = store.path(photo(owner, data).file.sha256).read_bytes()
    for sign in (b"secret", b"13800000000", b"tEXt", b"eXIf", b"iTXt"):
        assert sign not in kept
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG", comment=words, icc_profile=b"profile" * 10, xmp=b"<x>secret</x>")
    kept = store.path(photo(owner, out.getvalue()).file.sha256).read_bytes()
    assert b"13800000000" not in kept
    assert b"profile" not in kept
    assert b"secret" not in kept


# --- what the camera said


def place_of(owner: Any, **tags: Any) -> tuple[float, float] | None:
    exif = Image.Exif()
    gps = {
        ExifTags.GPS.GPSLatitude: (25.0, 42.0, 0.0),
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLongitude: (101.0, 51.0, 0.0),
        ExifTags.GPS.GPSLongitudeRef: "E",
    } | {getattr(ExifTags.GPS, f"GPS{name}"): value for name, value in tags.items()}
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({tag: value for tag, value in gps.items() if value is not None})
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG", exif=exif)
    link = photo(owner, out.getvalue(), viewpoint=str(tags)[:60])
    return (round(link.point.x, 4), round(link.point.y, 4)) if link.point else None


@pytest.mark.parametrize(
    ("tags", "place"),
    [
        ({}, (101.85, 25.7)),
        ({"LatitudeRef": "S"}, (101.85, -25.7)),
        ({"LongitudeRef": "W"}, (-101.85, 25.7)),
        ({"LatitudeRef": None, "LongitudeRef": None}, (101.85, 25.7)),
        ({"Latitude": (91.0, 0.0, 0.0)}, None),
        ({"Longitude": (181.0, 0.0, 0.0)}, None),
        ({"Latitude": (25.0, 42.0)}, None),
        ({"Latitude": None}, None),
        ({"Longitude": None}, None),
        ({"Latitude": (0.0, 0.0, 0.0), "Longitude": (0.0, 0.0, 0.0)}, None),
    ],
)
def test_a_place_is_taken_when_it_is_one(owner: Any, tags: dict[str, Any], place: tuple[float, float] | None) -> None:
    assert place_of(owner, **tags) == place


@pytest.mark.parametrize(
    ("taken", "offset", "kept"),
    [
        ("2026:05:01 08:30:00", "", "2026-05-01T00:30:00+00:00"),  # without a zone it is Chinese time
        ("2026:05:01 08:30:00", "+08:00", "2026-05-01T00:30:00+00:00"),
        ("2026:05:01 08:30:00", "-05:00", "2026-05-01T13:30:00+00:00"),
        ("2026:05:01 08:30:00", "CST", None),
        ("2026:13:01 08:30:00", "", None),
        ("2026:05:01", "", None),
        ("    :  :     :  :  ", "", None),
    ],
)
def test_a_time_is_taken_when_it_is_one(owner: Any, taken: str, offset: str, kept: str | None) -> None:
    link = photo(owner, pictures.photo(taken=taken, offset=offset))
    link.refresh_from_db()
    assert (link.taken_at.isoformat() if link.taken_at else None) == kept


@pytest.mark.fault
@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says what it skips
@pytest.mark.parametrize("seed", range(8))
def test_a_picture_spoiled_anywhere_is_drawn_or_refused_never_an_error(owner: Any, folder: Path, seed: int) -> None:
    good = bytearray(pictures.photo(size=(80, 80), gps=(101.87, 25.7), taken="2026:05:01 08:30:00"))
    for step in range(12):
        good[4 + (seed * 7919 + step * 104729) % (len(good) - 4)] ^= 0xA5
    try:
        link = photo(owner, bytes(good))
    except FileRefused:
        assert [path for path in folder.rglob("*") if path.is_file()] == []
    else:
        with drawn(link) as picture:
            picture.load()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_off_is_refused(owner: Any, folder: Path, form: str, share: float) -> None:
    noise = Image.effect_noise((120, 120), 80).convert("RGB")
    out = io.BytesIO()
    noise.save(out, form)
    with pytest.raises(FileRefused):
        photo(owner, out.getvalue()[: int(out.tell() * share)])
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_picture_at_the_very_limit_of_pixels(owner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anzhi.foundation.files.images.MOST_PIXELS", 64 * 32)
    assert photo(owner, made("RGB", "PNG", "red")).file.width == 64
    with pytest.raises(FileRefused, match="像素"):
        photo(owner, pictures.png(64, 33))


# --- archives


def zipped(*infos: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in infos:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        zipped(*((f"{n}.txt", b"") for n in range(5001))),
        zipped(("xl/workbook.xml", b"x"), ("[Content_Types].xml", b"x"), ("xl/VBAPROJECT.BIN", b"x")),
        zipped(("[Content_Types].xml", b"x"), ("word/document.xml", b"x"), ("word/vbaProject.bin", b"x")),
        zipped(("a", b"\0" * 12_000_000)),
        b"PK\x05\x06" + b"\0" * 17,
        zipped(("a", b"x"))[:-10],
    ],
    ids=["members", "macros in capitals", "macros in a letter", "dense", "an end without a whole", "cut off"],
)
def test_an_archive_that_means_harm(owner: Any, data: bytes) -> None:
    with pytest.raises(FileRefused):
        document(owner, data, name="附件.zip")


def test_an_archive_lying_about_its_size_is_stored_closed(owner: Any) -> None:
    """Nobody unpacks it here; what it claims is weighed, and it goes out as it came, as a download."""
    data = zipped(("a.txt", b"words " * 100))
    assert document(owner, data, name="附件.zip").file.content_type == "application/zip"


def test_an_empty_archive_is_an_archive(owner: Any) -> None:
    assert document(owner, zipped(), name="空.zip").name == "空.zip"


@pytest.mark.parametrize("first", [b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_two_kinds_in_one_are_refused(owner: Any, first: bytes) -> None:
    with pytest.raises(FileRefused, match="两种"):
        document(owner, first + zipped(("evil.exe", b"MZ")))


# --- twice


def test_a_document_sent_to_two_owners_is_stored_once_and_named_twice(owner: Any, folder: Path) -> None:
    other = people.agency_at("532329")
    one = document(owner, b"%PDF-1.7\n", name="甲.pdf")
    with system_scope():
        two = document(other, b"%PDF-1.7\n", name="乙.pdf", by=people.actor("officer", region="5323"))
    assert (one.file, one.name, two.name) == (two.file, "甲.pdf", "乙.pdf")
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [one.file.sha256]


def test_the_first_name_stays_when_the_same_is_sent_again(owner: Any) -> None:
    first, again = document(owner, b"%PDF-1.7\n", name="甲.pdf"), document(owner, b"%PDF-1.7\n", name="乙.pdf")
    assert (first, again.name) == (again, "甲.pdf")
    assert Event.objects.filter(name="file.added").count() == 1


def test_two_pictures_that_look_the_same_but_were_sent_differently(owner: Any) -> None:
    plain, placed = photo(owner, pictures.photo()), photo(owner, pictures.photo(gps=(101.87, 25.7)), viewpoint="坝顶")
    assert plain.file == placed.file, "the pixels are the same"
    assert plain.source_sha256 != placed.source_sha256
    assert (plain.point is None, placed.point is None) == (True, False)


def test_the_same_file_sent_at_the_same_moment_lies_there_once(folder: Path) -> None:
    data = os.urandom(200_000)
    faults: list[Exception] = []

    def send() -> None:
        try:
            with store.incoming() as came:
                store.keep(came, store.write([data], came).sha256)
        except Exception as fault:  # what a thread throws is seen by nobody
            faults.append(fault)

    threads = [threading.Thread(target=send) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = [path for path in folder.rglob("*") if path.is_file()]
    assert (kept.read_bytes(), faults) == (data, [])


# --- who may have it


def closed(response: Any) -> Any:
    """The answer with its file closed; `response.close()` would end the test's connection as well."""
    for close in response._resource_closers:
        close()
    return response


@pytest.fixture
def paper(owner: Any) -> FileLink:
    return document(owner, b"%PDF-1.7\n", permission=Permission.TRANSACTION_VIEW)


@pytest.mark.parametrize(
    ("role", "region", "may"),
    [
        ("finance", "532328", True),
        ("finance", "5323", True),
        ("leader", "53", True),
        ("fund_monitor", "532328", True),
        ("officer", "532328", False),  # sees no money
        ("finance", "532329", False),  # next county
        ("finance", "5306", False),
        ("sysadmin", "53", False),
        ("secadmin", "53", False),
        ("auditadmin", "53", False),
    ],
)
def test_a_paper_about_money_goes_to_those_who_see_that_money(
    paper: FileLink, role: str, region: str, may: bool
) -> None:
    with region_scope(people.actor(role, region=region).prefix):
        assert (queries.viewable(people.actor(role, region=region), paper.pk) is not None) == may


def test_the_page_answers_as_the_rule_says(paper: FileLink) -> None:
    askers = (("finance", "532328"), ("officer", "532328"), ("finance", "532329"), ("secadmin", "53"))
    answers = [people.client_for(role, region=region).get(f"/files/{paper.pk}/") for role, region in askers]
    assert [closed(answer).status_code for answer in answers] == [200, 404, 404, 403]


@pytest.mark.parametrize("verb", ["post", "put", "delete", "patch"])
def test_a_file_is_only_read(paper: FileLink, verb: str) -> None:
    assert getattr(people.client_for("finance"), verb)(f"/files/{paper.pk}/").status_code == 405


def test_a_paper_has_no_smaller_copy(paper: FileLink) -> None:
    client = people.client_for("finance")
    assert [client.get(f"/files/{paper.pk}/{size}/").status_code for size in (480, 1600, 1)] == [404, 404, 404]


def test_only_pictures_are_shown_whatever_a_name_says(owner: Any) -> None:
    link = document(owner, b"<?xml version='1.0'?><note/>", name="index.html")
    response = closed(people.client_for("officer").get(f"/files/{link.pk}/"))
    assert link.name == "index.xml"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


# --- the sweep


def test_the_sweep_leaves_what_came_again_while_it_looked(owner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.incoming() as came:
        blob = store.write([b"abandoned"], came)
        store.keep(came, blob.sha256)
    path = store.path(blob.sha256)
    os.utime(path, (0, 0))

    class Asked:
        """The rows, asked for while somebody sends the file again."""

        def filter(self, **_asked: Any) -> Any:
            os.utime(path)
            return StoredFile.objects.none()

    monkeypatch.setattr(sweeping, "StoredFile", type("Rows", (), {"objects": Asked()}))
    assert sweeping.sweep() == 0
    assert path.exists()


def test_the_sweep_takes_thumbnails_with_their_picture_and_counts(owner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 2)
    photo(owner, pictures.photo())
    with system_scope():
        FileLink.objects.all().delete()
        StoredFile.objects.all().delete()
    assert sweeping.sweep(time.time() + 2 * 24 * 3600) == 3


def test_a_row_of_another_sort_is_not_taken_for_a_document(owner: Any) -> None:
    data = "户主,人口\n李,3\n".encode()
    services.name_raw(services.write_raw([data]))
    link = document(owner, data, name="名册.csv")
    assert (link.file.sort, link.file.content_type) == (Sort.DOCUMENT, "text/csv; charset=utf-8")
    again = services.name_raw(services.write_raw([data]))
    assert again.sort == Sort.DOCUMENT, "it stays what people see"
    assert zlib.crc32(store.path(again.sha256).read_bytes()) == zlib.crc32(data)
