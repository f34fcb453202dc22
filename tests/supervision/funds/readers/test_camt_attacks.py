"""Files made to hurt: entities, bombs, endless texts, wrong encodings."""

import io
from decimal import Decimal
from pathlib import Path

import pytest

from anzhi.supervision.funds.readers.camt import reader
from anzhi.supervision.funds.readers.problems import Refused
from supervision.funds.readers.helpers import figures, refusal
from supervision.funds.readers.writing import NAMESPACE, Move, Sheet, camt

ONE = Sheet(moves=[Move(True, Decimal("1.00"))])
PLAIN = camt(ONE).decode()


def with_doctype(doctype: str, entity: str = "后期扶持资金") -> bytes:
    return PLAIN.replace("?>\n", f"?>\n{doctype}\n", 1).replace("后期扶持资金", entity).encode()


def test_an_external_entity_is_refused_unread(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    error = refusal(with_doctype(f'<!DOCTYPE D [<!ENTITY x SYSTEM "file://{secret}">]>', "&x;"))

    assert error.code == "camt.doctype"
    assert "geheim" not in error.message


def test_a_billion_laughs_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE D [<!ENTITY l0 "lol">{laughs}]>'

    assert refusal(with_doctype(bomb, "&l9;")).code == "camt.doctype"


@pytest.mark.parametrize("where", ["http://127.0.0.1:9/x.dtd", "file:///etc/passwd"])
def test_an_external_dtd_is_refused(where: str) -> None:
    assert refusal(with_doctype(f'<!DOCTYPE Document SYSTEM "{where}">')).code == "camt.doctype"


def test_a_doctype_behind_a_long_comment_is_refused_too() -> None:
    content = with_doctype("<!--" + "x" * 70000 + "--><!DOCTYPE D [<!ENTITY x 'y'>]>", "&x;")

    assert refusal(content).code in ("camt.doctype", "camt.broken", "file.other_xml")


def test_an_endless_text_is_refused() -> None:
    assert refusal(PLAIN.replace("后期扶持资金", "x" * 11_000_000).encode()).code == "camt.huge_text"


class Endless(io.RawIOBase):
    """A file that begins like a statement and never says anything."""

    def __init__(self) -> None:
        self.head = f'<Document xmlns="{NAMESPACE}"><BkToCstmrStmt>'.encode()
        self.at = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.head if self.at == 0 else b"<Junk/>" * 4096
        self.at += len(chunk)
        return chunk


def test_a_file_that_never_brings_an_entry_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "QUIET_LIMIT", 1 << 20)

    with pytest.raises(Refused) as caught:
        list(reader.read_camt(Endless(), NAMESPACE))

    assert caught.value.errors[0].code == "camt.too_quiet"


def test_gb18030_is_read_as_declared() -> None:
    content = PLAIN.replace("UTF-8", "GB18030").encode("gb18030")

    assert figures(content).credits == 1


def test_a_wrong_declared_encoding_is_refused() -> None:
    assert refusal(PLAIN.encode("gb18030")).code in ("camt.encoding", "camt.broken")


def test_utf16_is_read() -> None:
    assert figures(PLAIN.replace("UTF-8", "UTF-16").encode("utf-16")).entries == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n\t ", "file.empty"),
        (b"<html><table></table></html>", "file.html"),
        (
            b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'><CstmrCdtTrfInitn/></Document>",
            "file.other_xml",
        ),
        (b"%PDF-1.7 nothing", "file.unknown"),
        (b"\x1f\x8b\x08 packed", "file.unknown"),
        (f"<Document xmlns='{NAMESPACE}'><BkToCstmrStmt/></Document>".encode(), "camt.no_statement"),
    ],
)
def test_what_is_no_statement_is_said_to_be_none(content: bytes, code: str) -> None:
    assert refusal(content).code == code
