"""The free text :86: and the little structure that banks put into it."""

import re
from itertools import pairwise
from typing import NamedTuple

_STRUCTURED = re.compile(r"\d{3}([?~<>^])(?=\d\d)", re.ASCII)
_CODE_WORDS = re.compile(r"/(NAME|IBAN|BIC|REMI)/+([^/]*)")
_TEXT_CODES = frozenset(map(str, (*range(20, 30), *range(60, 64))))


class Information(NamedTuple):
    """What an :86: tells about an entry."""

    text: str = ""
    counter_name: str = ""
    counter_account: str = ""
    counter_bank: str = ""


def read_information(lines: list[str]) -> Information:
    """Read structured (`166?20...?31...`), code-worded (`/NAME/...`) or plain text."""
    whole = "".join(lines)
    if structured := _STRUCTURED.match(whole):
        return _structured(whole[structured.end() - 1 :], structured[1])
    text = _join(lines)
    words = dict(_CODE_WORDS.findall(whole))
    return Information(
        words.get("REMI", "").strip() or text,
        words.get("NAME", "").strip(),
        words.get("IBAN", "").strip(),
        words.get("BIC", "").strip(),
    )


def _structured(body: str, separator: str) -> Information:
    parts: dict[str, str] = {}
    for chunk in body.split(separator)[1:]:
        code = chunk[:2]
        parts[code] = parts.get(code, "") + chunk[2:]
    text = "".join([parts[code] for code in sorted(parts) if code in _TEXT_CODES])
    return Information(
        (text or parts.get("00", "")).strip(),
        (parts.get("32", "") + parts.get("33", "")).strip(),
        parts.get("31", "").strip(),
        parts.get("30", "").strip(),
    )


def _join(lines: list[str]) -> str:
    """Chinese wraps in mid-sentence and needs no blank; other text gets one."""
    stripped = [line.strip() for line in lines if line.strip()]
    if not stripped:
        return ""
    joined = stripped[0]
    for before, after in pairwise(stripped):
        joined += ("" if min(ord(before[-1]), ord(after[0])) > 0x2E80 else " ") + after
    return joined
