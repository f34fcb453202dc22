"""What stands around the table: account, holder, balances, period, totals."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from anzhi.supervision.funds.readers.problems import refuse
from anzhi.supervision.funds.readers.sheet import cells
from anzhi.supervision.funds.readers.sheet.header import Row
from anzhi.supervision.funds.readers.sheet.mapping import Mapping, plain
from anzhi.supervision.funds.readers.values import BadValue, squeeze

_ANY_DATE = re.compile(r"\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}", re.ASCII)


class Labels:
    """Values found beside known words."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.found: dict[str, tuple[object, str]] = {}

    def scan(self, rows: Iterable[Row], first_number: int = 1) -> None:
        """Look through rows outside the table."""
        for number, row in enumerate(rows, first_number):
            for index, cell in enumerate(row):
                self._look(cell, row[index + 1 :], f"第 {number} 行")

    def _look(self, cell: object, rest: Row, where: str) -> None:
        text = squeeze(cell)
        if not text:
            return
        word = plain(text)
        for meaning, names in self.mapping.labels.items():
            for name in names:
                if meaning not in self.found and word.startswith(name):
                    value = self._value(text, name, rest)
                    if value is not None:
                        self.found[meaning] = (value, where)

    def _value(self, text: str, name: str, rest: Row) -> object:
        """Behind a colon in the same cell, else in the next cell that says something."""
        _, colon, behind = text.partition(":")
        if colon and behind.strip():
            return behind.split("    ")[0].strip(" []") if plain(text).startswith(name + ":") else None
        if plain(text).rstrip(":") != name:
            return None
        return next((cell for cell in rest if squeeze(cell)), None)

    def account(self) -> str:
        """The account of the whole table."""
        return self._read("account", cells.account) or ""

    def currency(self) -> str:
        """The currency of the whole table."""
        return self._read("currency", cells.currency) or self.mapping.currency

    def amount(self, meaning: str) -> Decimal | None:
        """A balance or a total."""
        return self._read(meaning, lambda cell: cells.amount(re.sub(r"[元A-Z]+$", "", squeeze(cell))))

    def owner(self) -> str:
        """The holder of the account."""
        return squeeze(self.found["owner"][0]) if "owner" in self.found else ""

    def period(self) -> tuple[date | None, date | None]:
        """First and last day that the list covers."""
        both = self._read("period", _two_days)
        return both or (self._day("from"), self._day("to"))

    def _day(self, meaning: str) -> date | None:
        found = self._read(meaning, cells.moment)
        return found[0] if found else None

    def _read(self, meaning: str, read):
        if meaning not in self.found:
            return None
        cell, where = self.found[meaning]
        try:
            return read(cell)
        except BadValue as problem:
            name = self.mapping.labels[meaning][0]
            raise refuse(problem.code, f"{where}「{name}」", text=problem.text) from None


def _two_days(cell: object) -> tuple[date, date] | None:
    days = _ANY_DATE.findall(squeeze(cell))
    return (cells.moment(days[0])[0], cells.moment(days[1])[0]) if len(days) == 2 else None
