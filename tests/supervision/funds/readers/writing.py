"""A tiny writer of statements, on its own so that the reader is not tested by its mirror image; and one of XLS."""

import struct
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@dataclass
class Move:
    """One entry to write: side, amount, day, reference, text, status."""

    credit: bool
    amount: Decimal
    day: date = date(2026, 10, 8)
    ref: str = "REF1"
    text: str = "后期扶持资金"
    status: str = "BOOK"
    reversal: bool = False


@dataclass
class Sheet:
    """One statement to write."""

    account: str = "53001905038050000001"
    opening: Decimal = Decimal("0.00")
    moves: list[Move] = field(default_factory=list)
    currency: str = "CNY"

    @property
    def credits(self) -> Decimal:
        return sum((m.amount for m in self.moves if m.credit and m.status == "BOOK"), Decimal(0))

    @property
    def debits(self) -> Decimal:
        return sum((m.amount for m in self.moves if not m.credit and m.status == "BOOK"), Decimal(0))

    @property
    def closing(self) -> Decimal:
        return self.opening + self.credits - self.debits


def camt(*sheets: Sheet, namespace: str = NAMESPACE, container: str = "BkToCstmrStmt", frame: str = "Stmt") -> bytes:
    """The statements as one camt file."""
    declared = f' xmlns="{namespace}"' if namespace else ""
    body = "".join(_frame(sheet, frame) for sheet in sheets)
    head = "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-01T08:00:00</CreDtTm></GrpHdr>"
    start = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{start}<Document{declared}><{container}>{head}{body}</{container}></Document>".encode()


def _frame(sheet: Sheet, frame: str) -> str:
    account = f"<Acct><Id><Othr><Id>{sheet.account}</Id></Othr></Id><Ccy>{sheet.currency}</Ccy></Acct>"
    balances = balance("OPBD", sheet.opening, sheet.currency) + balance("CLBD", sheet.closing, sheet.currency)
    entries = "".join(ntry(move, sheet.currency) for move in sheet.moves)
    return f"<{frame}><Id>S1</Id><ElctrncSeqNb>7</ElctrncSeqNb>{account}{balances}{entries}</{frame}>"


def balance(kind: str, amount: Decimal, currency: str = "CNY", day: str = "2026-10-08") -> str:
    """A Bal element."""
    side = "DBIT" if amount < 0 else "CRDT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='{currency}'>{abs(amount):f}</Amt>"
        f"<CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def ntry(move: Move, currency: str = "CNY", details: str = "") -> str:
    """An Ntry element."""
    side = "CRDT" if move.credit else "DBIT"
    reversal = "<RvslInd>true</RvslInd>" if move.reversal else ""
    return (
        f"<Ntry><Amt Ccy='{currency}'>{move.amount:f}</Amt><CdtDbtInd>{side}</CdtDbtInd>{reversal}"
        f"<Sts><Cd>{move.status}</Cd></Sts><BookgDt><Dt>{move.day}</Dt></BookgDt><ValDt><Dt>{move.day}</Dt></ValDt>"
        f"<AcctSvcrRef>{move.ref}</AcctSvcrRef>{details}<AddtlNtryInf>{move.text}</AddtlNtryInf></Ntry>"
    )


def mt940(*sheets: Sheet, newline: str = "\r\n", encoding: str = "utf-8", envelope: bool = False) -> bytes:
    """The statements as one MT940 file."""
    return "".join(_message(sheet, newline, envelope) for sheet in sheets).encode(encoding)


def _message(sheet: Sheet, newline: str, envelope: bool) -> str:
    lines = [":20:STMT", f":25:{sheet.account}", ":28C:7/1", f":60F:{_mt_balance(sheet.opening, sheet.currency)}"]
    for move in sheet.moves:
        mark = "C" if move.credit else "D"
        if move.reversal:
            mark = "RD" if move.credit else "RC"
        day = f"{move.day:%y%m%d%m%d}"
        lines += [f":61:{day}{mark}{_mt(move.amount)}NTRFNONREF//{move.ref}", f":86:{move.text}"]
    lines += [f":62F:{_mt_balance(sheet.closing, sheet.currency)}", "-}" if envelope else "-"]
    head = "{1:F01CCBKCNBJAXXX0000000000}{2:O9400000}{4:" + newline if envelope else ""
    return head + newline.join(lines) + newline


def _mt(amount: Decimal) -> str:
    text = f"{abs(amount):f}".replace(".", ",")
    return text if "," in text else text + ","


def _mt_balance(amount: Decimal, currency: str) -> str:
    return f"{'D' if amount < 0 else 'C'}261008{currency}{_mt(amount)}"


amounts = st.decimals(min_value=0, max_value=10**10, places=2)
moves = st.builds(
    Move,
    st.booleans(),
    amounts,
    st.dates(date(2000, 1, 1), date(2079, 12, 31)),
    st.from_regex(r"[A-Z0-9]{1,16}", fullmatch=True),
    st.text("拨款结息后期扶持资金abcXYZ019 .", max_size=40),
    st.just("BOOK"),
    st.booleans(),
)
sheets = st.builds(Sheet, st.from_regex(r"53[0-9]{10,18}", fullmatch=True), amounts, st.lists(moves, max_size=6))


def xls(rows: list[list[object]]) -> bytes:
    """A BIFF8 workbook of one sheet in an OLE file, just enough of both for a reader to take it."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet += _record(0x203, struct.pack("<HHHd", number, column, 0, cell))
            elif cell:
                text = str(cell)
                data = struct.pack("<HHHHB", number, column, 0, len(text), 1) + text.encode("utf-16-le")
                sheet += _record(0x204, data)
    sheet += _record(0x0A, b"")
    name = b"\x06\x00" + b"Sheet1"
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0))
    bound_size = 4 + 6 + len(name)
    offset = len(start) + bound_size + 4
    book = start + _record(0x85, struct.pack("<IBB", offset, 0, 0) + name) + _record(0x0A, b"") + sheet
    return _ole(book.ljust(4096, b"\x00"))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _ole(stream: bytes) -> bytes:
    count = -(-len(stream) // 512)
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    chain = [0xFFFFFFFD, end, *range(3, count + 2), end]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    folder = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, free, 2, len(stream)) + bytes(256)
    return head + table + folder + stream.ljust(count * 512, b"\x00")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    entry = text.ljust(64, b"\x00") + struct.pack("<HBBIII", len(text) + 2, kind, 1, none, none, child)
    return (entry + bytes(16 + 4 + 16) + struct.pack("<III", start, size, 0)).ljust(128, b"\x00")
