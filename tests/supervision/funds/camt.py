"""Writes camt.053 files of any size, independently of the sample writer."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>{name}</MsgId><CreDtTm>2026-03-31T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>{name}</Id><CreDtTm>2026-03-31T06:00:00</CreDtTm>
<FrToDt><FrDtTm>{first}T00:00:00</FrDtTm><ToDtTm>{last}T23:59:59</ToDtTm></FrToDt>
<Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>
"""
BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{amount}</Amt>
<CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>
"""
ENTRY = """<Ntry><Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{ref}</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><Cdtr><Pty><Nm>元谋县滇青建材经营部</Nm></Pty></Cdtr></RltdPties>
<RmtInf><Ustrd>材料款 {ref}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
"""
TAIL = "</Stmt></BkToCstmrStmt></Document>\n"


class Line(NamedTuple):
    """One entry: a signed amount on a day."""

    day: date
    amount: Decimal
    ref: str


def lines(count: int, first: date = date(2026, 3, 1), days: int = 30) -> Iterator[Line]:
    """That many entries over so many days: two payments out, one in, and so on."""
    for at in range(count):
        amount = Decimal(at % 9000 + 1) / 100 * (1 if at % 3 == 2 else -1)
        yield Line(first + timedelta(days=at * days // count), amount, f"R{at:08}")


def write(path: Path, account: str, made: Iterable[Line], opening: str = "1000000", days: tuple = ()) -> Decimal:
    """Write the file; the closing balance, which stands after the entries as some banks put it."""
    balance, last = Decimal(opening), None
    with path.open("w", encoding="utf-8") as file:
        for line in made:
            if last is None:
                _begin(file, path.stem, account, balance, days or (line.day, line.day))
            last = line.day
            balance += line.amount
            file.write(ENTRY.format(amount=abs(line.amount), side=_side(line.amount), day=line.day, ref=line.ref))
        file.write(BALANCE.format(code="CLBD", amount=abs(balance), side=_side(balance), day=days[1] if days else last))
        file.write(TAIL)
    return balance


def _begin(file, name: str, account: str, opening: Decimal, days: tuple[date, date]) -> None:
    file.write(HEAD.format(name=name, account=account, first=days[0], last=days[1]))
    file.write(BALANCE.format(code="OPBD", amount=abs(opening), side=_side(opening), day=days[0]))


def _side(amount: Decimal) -> str:
    return "DBIT" if amount < 0 else "CRDT"


def month(path: Path, account: str, count: int, opening: str = "1000000") -> Decimal:
    """A statement of March 2026 with so many entries."""
    return write(path, account, lines(count), opening, (date(2026, 3, 1), date(2026, 3, 31)))
