"""The 12-digit code of a region, free of the database: tier, parent, padding, mending of what people type."""

LENGTHS = {"province": 2, "prefecture": 4, "county": 6, "town": 9, "village": 12}
FULL = 12
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class BadCode(ValueError):
    """Not a region code; the message says why."""


def normalise(text: object) -> str:
    """The 12-digit code meant by `text`: 2, 4, 6, 9 or 12 digits, full-width digits and spaces mended.

    Raises BadCode.
    """
    digits = "".join(str(text).translate(FULL_WIDTH).split())
    if digits.endswith(".0"):  # spreadsheets and dBase keep codes as numbers
        digits = digits[:-2]
    if not (digits.isascii() and digits.isdigit()):
        raise BadCode(f"not a number: {text!r}")
    if len(digits) not in LENGTHS.values():
        raise BadCode(f"{len(digits)} digits instead of 2, 4, 6, 9 or 12: {text!r}")
    return digits.ljust(FULL, "0")


def prefix(code: str) -> str:
    """The significant digits: 532328000000 → 532328."""
    for length in LENGTHS.values():
        if not code[length:].strip("0"):
            return code[:length]
    raise BadCode(f"not a 12-digit code: {code!r}")


def level(code: str) -> str:
    """The tier that the zeros at the end tell: 532328000000 → county."""
    size = len(prefix(code))
    return next(name for name, length in LENGTHS.items() if length == size)


def parent(code: str) -> str | None:
    """The code one tier up, or None for a province."""
    above = [length for length in LENGTHS.values() if length < len(prefix(code))]
    return code[: above[-1]].ljust(FULL, "0") if above else None


def ancestors(code: str) -> list[str]:
    """All codes above, the province first."""
    size = len(prefix(code))
    return [code[:length].ljust(FULL, "0") for length in LENGTHS.values() if length < size]


def bounds(code: str) -> tuple[str, str]:
    """The half-open range, in collation "C", of the codes inside a region, itself included."""
    start = prefix(code)
    return start, start + ":"
