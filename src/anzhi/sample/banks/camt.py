"""camt.053.001.08 with one Stmt for each account (ISO 20022 message definition, bank-to-customer statement)."""

from collections.abc import Iterable, Sequence
from html import escape

from anzhi.sample.banks.rows import Row
from anzhi.sample.banks.told import Told, yuan

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
CCY = 'Ccy="CNY"'


def write(told: Sequence[Told], name: str) -> bytes:
    """One message of all accounts of a bank."""
    when = f"{told[0].period.last:%Y-%m-%d}T20:00:00+08:00"
    parts = [HEAD, f"<BkToCstmrStmt><GrpHdr><MsgId>{name}</MsgId><CreDtTm>{when}</CreDtTm></GrpHdr>"]
    for number, one in enumerate(told, start=1):
        parts.extend(_statement(one, f"{name}-{number}", when))
    parts.append("</BkToCstmrStmt></Document>\n")
    return "\n".join(parts).encode()


def _statement(told: Told, name: str, when: str) -> Iterable[str]:
    first, last = told.period.first, told.period.last
    yield f"<Stmt><Id>{name}</Id><CreDtTm>{when}</CreDtTm>"
    yield f"<FrToDt><FrDtTm>{first}T00:00:00+08:00</FrDtTm><ToDtTm>{last}T23:59:59+08:00</ToDtTm></FrToDt>"
    yield f"<Acct><Id><Othr><Id>{told.number}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>"
    yield _balance("OPBD", told.opening, first)
    yield _balance("CLBD", told.closing, last)
    yield from map(_entry, told.rows)
    yield "</Stmt>"


def _balance(kind: str, fen: int, day: object) -> str:
    side = "CRDT" if fen >= 0 else "DBIT"
    code = f"<Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{code}<Amt {CCY}>{yuan(fen)}</Amt><CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"


def _entry(row: Row) -> str:
    came = row.fen > 0
    who, side = ("Dbtr", "CRDT") if came else ("Cdtr", "DBIT")
    account = f"<{who}Acct><Id><Othr><Id>{row.number}</Id></Othr></Id></{who}Acct>" if row.number else ""
    party = f"<RltdPties><{who}><Pty><Nm>{escape(row.name)}</Nm></Pty></{who}>{account}</RltdPties>"
    return (
        f"<Ntry><Amt {CCY}>{yuan(row.fen)}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><DtTm>{row.day}T{row.at}+08:00</DtTm></BookgDt><ValDt><Dt>{row.day}</Dt></ValDt>"
        f"<AcctSvcrRef>{row.ref}</AcctSvcrRef><NtryDtls><TxDtls><Refs><AcctSvcrRef>{row.ref}</AcctSvcrRef></Refs>"
        f"{party}<RmtInf><Ustrd>{escape(row.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )
