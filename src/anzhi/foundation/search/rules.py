"""How text becomes searchable, and a question a query. Pure Python.

Every character and every pair of neighbours is a lexeme. A term is found by the pairs it holds, and then compared
with the text itself: nothing that contains it is missed, nothing else is found.
"""

import unicodedata
from itertools import groupby

LONGEST_TEXT = 20_000
LONGEST_QUESTION = 100
DROPPED = {"Cc", "Cs", "Cf"}  # control, half surrogates, invisible format marks


def normal(text: str) -> str:
    """Full and half width, upper and lower case, and odd spaces made equal; one space between words."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(" " if c.isspace() else c for c in folded if c.isspace() or unicodedata.category(c) not in DROPPED)
    return " ".join(kept.split())


def searchable(title: str, *others: str) -> str:
    """The text of an entry: the title first, so that a hit early in the text is a hit in the title."""
    return "\n".join(normal(part) for part in (title, *others) if part)[:LONGEST_TEXT]


def lexemes(text: str) -> list[str]:
    """Characters and pairs of a normal text, each once."""
    found: set[str] = set()
    for word in text.split():
        found.update(word)
        found.update(word[i : i + 2] for i in range(len(word) - 1))
    return sorted(found)


def terms(question: str) -> list[str]:
    """The words of a question, each of which must be there."""
    return list(dict.fromkeys(normal(question[:LONGEST_QUESTION]).split()))


def marked(title: str, words: list[str]) -> list[tuple[str, bool]]:
    """The title in pieces, those that a word matched marked; unmarked where a character becomes two when folded."""
    folded = [normal(letter) or " " for letter in title]
    if any(len(letter) != 1 for letter in folded):
        return [(title, False)]
    plain, hit = "".join(folded), [False] * len(title)
    for word in words:
        at = plain.find(word)
        while at >= 0:
            hit[at : at + len(word)] = [True] * len(word)
            at = plain.find(word, at + 1)
    runs = groupby(zip(title, hit, strict=True), key=lambda pair: pair[1])
    return [("".join(letter for letter, _on in run), on) for on, run in runs]


def tsquery(words: list[str]) -> str:
    """The lexemes that must all be there, as PostgreSQL reads them."""
    wanted = {piece for word in words for piece in _pieces(word)}
    return " & ".join(_quoted(piece) for piece in sorted(wanted))


def _pieces(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)] or [word]


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
