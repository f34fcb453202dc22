"""The Chinese catalogue: parts by area in locale/parts/ are merged and compiled into one, never edited by hand."""

from collections.abc import Iterable
from pathlib import Path

from tools import mo, po, stamps
from tools.paths import ROOT
from tools.steps import Failed, step

PARTS = ROOT / "src/anzhi/locale/parts"
TARGET = ROOT / "src/anzhi/locale/zh_Hans/LC_MESSAGES/django.po"


def refresh(*, parts: Path = PARTS, target: Path = TARGET) -> bool:
    """Merge and compile where a part changed; the answer says whether anything was done."""
    files = sorted(parts.glob("*.po"))
    value = stamps.digest(files, *(str(code) for code in (Path(po.__file__), Path(mo.__file__), target)))
    compiled = target.with_suffix(".mo")
    if stamps.fresh("messages", value) and target.exists() and compiled.exists():
        return False
    with step("translations", quiet_below=0.5):
        entries = merge(files)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, po.render(entries).encode())
        _write(compiled, mo.compile_entries(entries))
    stamps.put("messages", value)
    return True


def merge(files: Iterable[Path]) -> list[po.Entry]:
    """All parts as one sorted list; two parts that disagree, and entries that are not ready, are an error."""
    seen: dict[tuple[str, str], tuple[po.Entry, Path]] = {}
    faults: list[str] = []
    for file in files:
        for entry in po.parse(file.read_text(encoding="utf-8"), name=file.name):
            faults += [f"{file.name}: {fault}: {entry.msgid!r}" for fault in po.faults(entry)]
            first, where = seen.setdefault(entry.key, (entry, file))
            if first.texts != entry.texts:
                faults.append(f"{where.name} and {file.name} differ on {entry.msgid!r}: {first.texts} {entry.texts}")
            elif entry.plural and not first.plural:
                seen[entry.key] = (entry, file)
    if faults:
        raise Failed("the translations do not fit together:\n  " + "\n  ".join(faults))
    return [seen[key][0] for key in sorted(seen)]


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: a server may be reading the old one."""
    new = file.with_name(file.name + ".new")
    new.write_bytes(content)
    new.replace(file)
