"""A bank's mapping: which column means what. Written in TOML, so that a new bank needs no code."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

from anzhi.supervision.funds.readers.problems import refuse
from anzhi.supervision.funds.readers.values import squeeze

GENERIC = "generic"
_FOLDER = resources.files("anzhi.supervision.funds") / "mappings"
COLUMNS = frozenset(
    [
        "date",
        "time",
        "value_date",
        "debit",
        "credit",
        "amount",
        "side",
        "balance",
        "currency",
        "account",
        "owner",
        "bank_ref",
        "reference",
        "text",
        "counter_name",
        "counter_account",
        "counter_bank",
        "payer_name",
        "payer_account",
        "payer_bank",
        "payee_name",
        "payee_account",
        "payee_bank",
    ]
)
LABELS = frozenset(
    [
        "account",
        "owner",
        "currency",
        "opening",
        "closing",
        "period",
        "from",
        "to",
        "count",
        "debit_total",
        "credit_total",
    ]
)


class Layout(NamedTuple):
    """One form of a bank's list: header names by the meaning of their column."""

    name: str
    columns: dict[str, tuple[str, ...]]
    """Accepted header names; `text` may stand in several columns, all are joined."""
    required: frozenset[str]
    plain: bool
    """Names that any bank might use: no proof that it is this one."""
    titles: dict[str, str]
    """How the bank itself writes the first name of each column."""


class Mapping(NamedTuple):
    """All that is known about the sheets of one bank."""

    code: str
    title: str
    currency: str
    layouts: tuple[Layout, ...]
    labels: dict[str, tuple[str, ...]]
    """Words before a value above or below the table: account, opening balance, totals."""
    footers: tuple[str, ...]
    """Words that begin a row of totals."""
    debit_words: frozenset[str]
    credit_words: frozenset[str]


def plain(name: object) -> str:
    """A header name for comparison: no spaces, half-width brackets, lower case."""
    return "".join(squeeze(name).split()).casefold()


def codes() -> list[str]:
    """All mappings, the generic one last: a bank's own form is the better reading."""
    found = sorted(f.name.removesuffix(".toml") for f in _FOLDER.iterdir() if f.name.endswith(".toml"))
    return [code for code in found if code != GENERIC] + [GENERIC]


@cache
def load(code: str) -> Mapping:
    """Read one mapping file; refuses an unknown code with the list of known ones."""
    if code not in codes():
        raise refuse("mapping.unknown", mapping=code, known="、".join(codes()))
    shared = tomllib.loads((_FOLDER / f"{GENERIC}.toml").read_text("utf-8"))
    own = tomllib.loads((_FOLDER / f"{code}.toml").read_text("utf-8"))
    labels = {key: _names(own.get("labels", {}).get(key, ())) + _names(shared["labels"].get(key, ())) for key in LABELS}
    sides = own.get("sides", shared["sides"])
    return Mapping(
        code,
        own["title"],
        own.get("currency", ""),
        tuple(_layout(layout) for layout in own["layout"]),
        labels,
        tuple(map(plain, own.get("footers", shared["footers"]))),
        frozenset(map(plain, sides["debit"])),
        frozenset(map(plain, sides["credit"])),
    )


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return (plain(value),) if isinstance(value, str) else tuple(map(plain, value))


def _layout(table: dict) -> Layout:
    columns = {key: _names(value) for key, value in table["columns"].items()}
    if unknown := set(columns) - COLUMNS:
        raise ValueError(f"layout {table['name']}: unknown columns {sorted(unknown)}")
    titles = {key: value if isinstance(value, str) else value[0] for key, value in table["columns"].items()}
    return Layout(table["name"], columns, frozenset(table["required"]), table.get("plain", False), titles)
