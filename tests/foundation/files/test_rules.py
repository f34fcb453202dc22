"""Types by their first bytes; names that harm nobody."""

import pytest
from django.utils import translation

from anzhi.foundation.files import refusals
from anzhi.foundation.files.rules import CSV, JPEG, PDF, PNG, TEXT, WEBP, XLS, XML, ZIP, Kind, kind_of, safe_name


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00", PNG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", WEBP),
        (b"%PDF-1.7\n%", PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", XLS),
        (b"PK\x03\x04\x14\x00", ZIP),
        ("日期,金额\n2026-01-01,5\n".encode("gb18030"), CSV),
        ("\ufeff日期\t金额\n".encode(), CSV),
        ("通知全文\n".encode(), TEXT),
        (b'<?xml version="1.0"?><Document/>', XML),
        (("多字节" * 2000).encode()[:4096], TEXT),
    ],
)
def test_the_first_bytes_tell_the_type(head: bytes, kind: Kind) -> None:
    assert kind_of(head) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<?xml version="1.0"?><x:svg/>',
        b"<!DOCTYPE html><html>",
        b"  \n<HTML>",
        b"hello, <script>alert(1)</script>",
        b"<anything>",
        b"GIF89a\x01\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"MZ\x90\x00",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"text with \x00 zero",
        b"text with \x1b escape",
        b"junk%PDF-1.7",
        bytes(range(128, 256)),
    ],
)
def test_what_is_not_on_the_list_has_no_type(head: bytes) -> None:
    assert kind_of(head) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("现场 照片.JPG", "现场 照片.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\temp\\图.png", "图.jpg"),
        ("evil\u202egpj.exe", "evilgpj.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie_ x.jpg"),
        ("", "file.jpg"),
        ("....", "file.jpg"),
        ("很" * 300 + ".jpg", "很" * 120 + ".jpg"),
        ('a"b<c>.jpg', "a_b_c_.jpg"),
    ],
)
def test_a_name_keeps_its_sense_and_loses_its_harm(given: str, kept: str) -> None:
    assert safe_name(given, JPEG) == kept


def test_every_refusal_is_a_sentence_of_its_own() -> None:
    with translation.override("zh-hans"):
        said = _refusals()
        assert all(refusal.message.endswith("。") for refusal in said)
    assert len({refusal.message for refusal in said}) == len(said)


def _refusals() -> list[refusals.FileRefused]:
    return [
        refusals.unknown_type(),
        refusals.not_a_photo(),
        refusals.empty(),
        refusals.too_large(30 * 1024 * 1024),
        refusals.too_many_pixels(40_000_000),
        refusals.damaged(),
        refusals.two_in_one(),
        refusals.bomb(),
        refusals.macros(),
    ]
