"""Reading and writing gettext's text files: what our parts use of them, and nothing silently lost."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tools.steps import Failed

HEADER = (
    "Project-Id-Version: anzhi\nLanguage: zh_Hans\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=1; plural=0;\n"
)
_FIELD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])\s+(".*")\s*')
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_PLACE = re.compile(r"%\(\w+\)[sdfr]|(?<!%)%[sdf]|\{\w*\}")


@dataclass
class Entry:
    """One message and its Chinese."""

    msgid: str = ""
    context: str = ""
    plural: str = ""
    texts: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks it up by."""
        return (self.context, self.msgid)


def parse(text: str, *, name: str = "") -> Iterator[Entry]:
    """The entries of a file; a header (the empty msgid) and obsolete entries are left out."""
    values: dict[str, str] = {}
    flags: list[str] = []
    last = ""
    for number, line in enumerate([*text.split("\n"), ""], 1):
        found = _FIELD.fullmatch(line.strip())
        starts = found is not None and found[1] in ("msgctxt", "msgid") and any(k.startswith("msgstr") for k in values)
        if values and (starts or not line.strip()):
            yield from _entry(values, flags, f"{name}:{number}")
            values, flags = {}, []
        if found:
            last = found[1]
            values[last] = values.get(last, "") + _string(found[2])
        elif line.startswith("#,"):
            flags = [flag.strip() for flag in line[2:].split(",")]
        elif line.strip().startswith('"') and last in values:
            values[last] += _string(line.strip())
        elif line.strip() and not line.startswith("#"):
            raise Failed(f"{name}:{number}: not a line of a catalogue: {line.strip()[:60]}")


def _string(quoted: str) -> str:
    try:
        value = ast.literal_eval(quoted)
    except (SyntaxError, ValueError):
        value = None
    if not isinstance(value, str):
        raise Failed(f"not one string: {quoted[:60]}")
    return value


def _entry(values: dict[str, str], flags: list[str], where: str) -> Iterator[Entry]:
    if "msgid" not in values or not any(k.startswith("msgstr") for k in values):
        raise Failed(f"{where}: an entry without msgid or msgstr")
    if values["msgid"]:
        texts = [values[k] for k in sorted(values) if k.startswith("msgstr")]
        yield Entry(values["msgid"], values.get("msgctxt", ""), values.get("msgid_plural", ""), texts, flags)


def faults(entry: Entry) -> list[str]:
    """Why this entry is not ready for a reader."""
    found = []
    if not all(entry.texts):
        found.append("no Chinese")
    if "fuzzy" in entry.flags:
        found.append("fuzzy")
    if len(entry.texts) > 1:
        found.append("Chinese has one plural form")
    allowed = set(_PLACE.findall(entry.plural or entry.msgid)) | set(_PLACE.findall(entry.msgid))
    if not entry.plural and any(set(_PLACE.findall(text)) != allowed for text in entry.texts if text):
        found.append("other placeholders")
    elif any(set(_PLACE.findall(text)) - allowed for text in entry.texts):
        found.append("unknown placeholders")
    return found


def render(entries: Iterable[Entry]) -> str:
    """The merged file, header first."""
    blocks = ['# Made from ../../parts/*.po by ./anzhi messages: edit those.\nmsgid ""\nmsgstr ' + _quote(HEADER)]
    blocks += [_block(entry) for entry in entries]
    return "\n\n".join(blocks) + "\n"


def _block(entry: Entry) -> str:
    lines = [f"#, {', '.join(entry.flags)}"] if entry.flags else []
    lines += [f"msgctxt {_quote(entry.context)}"] if entry.context else []
    lines += [f"msgid {_quote(entry.msgid)}"]
    if entry.plural:
        lines += [f"msgid_plural {_quote(entry.plural)}", f"msgstr[0] {_quote(entry.texts[0])}"]
    else:
        lines += [f"msgstr {_quote(entry.texts[0])}"]
    return "\n".join(lines)


def _quote(text: str) -> str:
    return '"' + text.translate(_ESCAPES) + '"'
