"""XLSX files made to hurt, and archives that are no workbook."""

import io
import zipfile

import pytest

from anzhi.supervision.funds.readers.sheet import sources
from supervision.funds.readers.helpers import refusal

WORKBOOK = "xl/workbook.xml"


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = archive({WORKBOOK: b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (16 << 20)})

    assert len(content) < 100_000
    assert refusal(content).code == "xlsx.bomb"


def test_many_small_bombs_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "UNPACKED_LIMIT", 1000)

    assert refusal(archive({WORKBOOK: b"<workbook/>", "a": b"x" * 600, "b": b"x" * 600})).code == "xlsx.bomb"


def test_endless_shared_strings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "STRINGS_LIMIT", 100)

    assert refusal(archive({WORKBOOK: b"<w/>", "xl/sharedStrings.xml": b"<sst/>" * 100})).code == "xlsx.bomb"


def test_entities_inside_are_refused() -> None:
    content = archive({WORKBOOK: b'<!DOCTYPE w [<!ENTITY x "y">]><workbook>&x;</workbook>'})

    assert refusal(content).code == "xlsx.doctype"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive({"readme.txt": b"hello"}), "xlsx.no_workbook"),
        (archive({WORKBOOK: b"<workbook"}), "xlsx.broken"),
        (b"PK\x03\x04" + b"\x00" * 100, "xlsx.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "xls.cut"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5000, "xls.cut"),
    ],
)
def test_damage_is_said_plainly(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_an_xls_too_big_for_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "XLS_LIMIT", 100)

    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500).code == "sheet.too_big"
