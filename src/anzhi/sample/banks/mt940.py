"""MT940 with a structured :86: as banks in China send it (SWIFT category 9; ?20–?33 subfields)."""

from collections.abc import Iterable, Sequence

from anzhi.sample.banks.rows import Row
from anzhi.sample.banks.told import Told, yuan


def write(told: Sequence[Told], name: str) -> bytes:
    """One message for each account, one after the other."""
    return (
        "\r\n".join(line for number, one in enumerate(told, 1) for line in _message(one, name, number)).encode()
        + b"\r\n"
    )


def _message(told: Told, name: str, number: int) -> Iterable[str]:
    yield f":20:{name[-11:]}{number:04d}"
    yield f":25:{told.number}"
    yield f":28C:{told.period.last:%j}/1"
    yield f":60F:{_balance(told.opening, told.period.first)}"
    for row in told.rows:
        yield from _entry(row)
    yield f":62F:{_balance(told.closing, told.period.last)}"
    yield "-"


def _balance(fen: int, day: object) -> str:
    return f"{'C' if fen >= 0 else 'D'}{day:%y%m%d}CNY{yuan(fen).replace('.', ',')}"


def _entry(row: Row) -> Iterable[str]:
    side = "C" if row.fen > 0 else "D"
    yield f":61:{row.day:%y%m%d}{row.day:%m%d}{side}{yuan(row.fen).replace('.', ',')}NTRFNONREF//{row.ref}"
    account = f"?31{row.number}" if row.number else ""
    words = "".join(f"?{20 + at}{row.text[at * 27 : at * 27 + 27]}" for at in range(min(6, -(-len(row.text) // 27))))
    yield f":86:166?00转账{words}{account}?32{row.name[:27]}"
