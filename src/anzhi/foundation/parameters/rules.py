"""Which of several values holds: the most specific region, then the most specific kind."""

from dataclasses import dataclass
from decimal import Decimal


class Unset(LookupError):
    """No value of a parameter holds on that day: a programming or a loading error, never a default."""


@dataclass
class Place:
    """A region, for the gate."""

    region_code: str


@dataclass(frozen=True)
class Setting:
    """One value, without its history. `scope` is a prefix of region codes, `key` a fund type or tier; "" is any."""

    code: str
    value: Decimal | None
    text: str = ""
    unit: str = ""
    scope: str = ""
    key: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything that holds on one day: ask it as often as you like."""

    rows: tuple[Setting, ...]

    def find(self, code: str, region_code: str = "", key: str = "") -> Setting:
        """The setting that holds there. Raises Unset."""
        fitting = [row for row in self.rows if row.code == code and _fits(row, region_code, key)]
        if not fitting:
            raise Unset(f"no value of parameter {code!r} holds for region {region_code!r}, key {key!r}")
        return max(fitting, key=lambda row: (len(row.scope), len(row.key)))

    def value(self, code: str, region_code: str = "", key: str = "") -> Decimal:
        """The number that holds there. Raises Unset, and TypeError for a parameter that is text."""
        value = self.find(code, region_code, key).value
        if value is None:
            raise TypeError(f"parameter {code!r} is text, not a number")
        return value

    def text(self, code: str, region_code: str = "", key: str = "") -> str:
        """The text that holds there. Raises Unset, and TypeError for a parameter that is a number."""
        setting = self.find(code, region_code, key)
        if setting.value is not None:
            raise TypeError(f"parameter {code!r} is a number, not text")
        return setting.text

    def values(self, region_code: str = "", key: str = "") -> dict[str, Decimal]:
        """All numbers that hold there, by code."""
        codes = sorted({row.code for row in self.rows if row.value is not None and _fits(row, region_code, key)})
        return {code: self.value(code, region_code, key) for code in codes}


def _fits(row: Setting, region_code: str, key: str) -> bool:
    return region_code.startswith(row.scope) and row.key in ("", key)
