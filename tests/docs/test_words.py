"""What must stand nowhere in the repository: places of one machine, unfinished work, numbers of real people."""

import re
from pathlib import Path

from docs import shelf

LOCKS = {"uv.lock", "package-lock.json"}
BINARY = {".png", ".jpg", ".woff2", ".xls", ".xlsx", ".zip", ".gpkg", ".pdf"}
PLACES = re.compile(r"(?<![\w.})\-])/(?:work|root|home/\w+|Users/\w+|tmp/anzhi)/")
SELF = Path(__file__)
IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
HOSTS = {
    "uv.lock": {"https://files.pythonhosted.org", "https://pypi.org"},
    "package-lock.json": {"https://registry.npmjs.org", "https://github.com", "https://opencollective.com"},
}


def texts() -> dict[str, str]:
    """Name → text of all files people wrote."""
    chosen = [path for path in shelf.tracked() if path.suffix not in BINARY and path.name not in LOCKS and path != SELF]
    return {shelf.name(path): path.read_text(errors="replace") for path in chosen}


def test_no_place_of_one_machine() -> None:
    assert [name for name, text in texts().items() if PLACES.search(text)] == []


def test_packages_come_from_the_public_registries() -> None:
    for lock, allowed in HOSTS.items():
        assert set(re.findall(r"https?://[^/\"]+", (shelf.ROOT / lock).read_text())) <= allowed


def test_identity_numbers_are_synthetic() -> None:
    found = {(name, number) for name, text in texts().items() for number in IDENTITY.findall(text)}
    assert sorted((name, number) for name, number in found if not number.startswith("530000")) == []


def test_no_unfinished_note() -> None:
    note = re.compile(r"\b(?:TODO|FIXME)\b")
    chosen = (".py", ".html", ".js", ".css", ".md", ".sh", ".sql")
    assert [name for name, text in texts().items() if name.endswith(chosen) and note.search(text)] == []
