"""The Chinese catalogue: parts by area in locale/parts/ are merged and compiled into one, never edited by hand."""

from collections.abc import Iterable
from pathlib import Path

from tools import mo, po, stamps
from tools.paths import ROOT
from tools.steps import Failed, say, step

PARTS = ROOT / "src/anzhi/locale/parts"
TARGET = ROOT / "src/anzhi/locale/zh_Hans/LC_MESSAGES/django.po"


def refresh(*, parts: Path = PARTS, target: Path = TARGET) -> bool:
    """Merge and compile where a part changed; the answer says whether anything was done.

    A fault in one part is told but stops nobody's demo: the first part wins. `check` is the strict one.
    """
    files = sorted(parts.glob("*.po"))
    value = stamps.digest([*files, Path(po.__file__), Path(mo.__file__)], str(target))
    compiled = target.with_suffix(".mo")
    if stamps.fresh("messages", value) and target.exists() and compiled.exists():
        return False
    with step("translations", quiet_below=0.5):
        entries, faults = merge(files)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, po.render(entries).encode())
        _write(compiled, mo.compile_entries(entries))
    if faults:
        say(f"{len(faults)} faults in the translations; ./anzhi messages lists them")
    stamps.put("messages", value)
    return True


def check(parts: Path = PARTS) -> None:
    """All parts fit together and are ready, or the list of what is not."""
    _, faults = merge(sorted(parts.glob("*.po")))
    if faults:
        raise Failed("the translations do not fit together:\n  " + "\n  ".join(faults))


def merge(files: Iterable[Path]) -> tuple[list[po.Entry], list[str]]:
    """All parts as one sorted list, and what is wrong with them: entries not ready, parts that disagree."""
    seen: dict[tuple[str, str], tuple[po.Entry, Path]] = {}
    faults: list[str] = []
    for file in files:
        for entry in _entries(file, faults):
            if found := po.faults(entry):
                faults += [f"{file.name}: {fault}: {entry.msgid!r}" for fault in found]
                continue
            first, where = seen.setdefault(entry.key, (entry, file))
            if first.texts != entry.texts:
                faults.append(f"{where.name} and {file.name} differ on {entry.msgid!r}: {first.texts} {entry.texts}")
            elif entry.plural and not first.plural:
                seen[entry.key] = (entry, file)
    return [seen[key][0] for key in sorted(seen)], faults


def _entries(file: Path, faults: list[str]) -> list[po.Entry]:
    """What the file holds; nothing, and a fault, when it is no catalogue."""
    try:
        return list(po.parse(file.read_text(encoding="utf-8"), name=file.name))
    except Failed as refusal:
        faults.append(str(refusal))
        return []


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: a server may be reading the old one."""
    new = file.with_name(file.name + ".new")
    new.write_bytes(content)
    new.replace(file)
