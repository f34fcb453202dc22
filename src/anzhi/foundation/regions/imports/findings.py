"""What the checks found: one list for people and for the record."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error keeps the file out; a warning is for whoever decides; a note says what was mended."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing about one feature (its code, or its number in the file) or about the whole file (no `where`)."""

    severity: Severity
    kind: str
    where: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


class Unreadable(ValueError):
    """The file as a whole cannot be read; `kind` is one of `sentences.SENTENCES`."""

    def __init__(self, kind: str, **facts: Any) -> None:
        super().__init__(kind)
        self.kind, self.facts = kind, facts


LISTED = 50  # of each kind; the rest is counted


@dataclass
class Report:
    """The answer to "may this file replace what we have?"."""

    file_name: str
    sha256: str
    level: str
    system: str = ""
    units: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def acceptable(self) -> bool:
        """Whether nothing forbids storing it."""
        return not any(finding.severity == Severity.ERROR for finding in self.findings)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take more findings in."""
        self.findings.extend(findings)

    def kinds(self) -> Counter:
        """How many findings of each kind."""
        return Counter(finding.kind for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """For the record: at most LISTED findings of a kind, and the true counts."""
        seen: Counter = Counter()
        listed = []
        for finding in self.findings:
            seen[finding.kind] += 1
            if seen[finding.kind] <= LISTED:
                facts = {name: storable(fact) for name, fact in finding.facts.items()}
                listed.append(asdict(replace(finding, facts=facts)))
        head = {"file": self.file_name, "sha256": self.sha256, "level": self.level, "system": self.system}
        return head | {"units": self.units, "acceptable": self.acceptable, "counts": dict(seen), "findings": listed}


def storable(fact: Any) -> Any:
    """A fact as the database can keep it: what a file says may hold zeros and halves of characters."""
    return fact.encode("utf-8", "replace").decode().replace("\0", "?") if isinstance(fact, str) else fact


def error(kind: str, where: object = "", **facts: Any) -> Finding:
    """A finding that keeps the file out."""
    return Finding(Severity.ERROR, kind, str(where), facts)


def warning(kind: str, where: object = "", **facts: Any) -> Finding:
    """A finding to think about."""
    return Finding(Severity.WARNING, kind, str(where), facts)


def note(kind: str, where: object = "", **facts: Any) -> Finding:
    """A finding that was mended or does no harm."""
    return Finding(Severity.NOTE, kind, str(where), facts)
