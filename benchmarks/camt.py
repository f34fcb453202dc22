"""Writes camt.053 files of any size, each entry of about a kilobyte with the fields that banks really fill."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.world import TODAY, Promise

DAYS = 300
OPENING = 5_000_000_000
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>{name}</MsgId><CreDtTm>{day}T20:00:00+08:00</CreDtTm></GrpHdr>
"""
FRAME = """<Stmt><Id>{name}</Id><CreDtTm>{last}T20:00:00+08:00</CreDtTm>
<FrToDt><FrDtTm>{first}T00:00:00+08:00</FrDtTm><ToDtTm>{last}T23:59:59+08:00</ToDtTm></FrToDt>
<Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>
"""
BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{amount}</Amt>
<CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>
"""
ENTRY = """<Ntry><NtryRef>{ref}</NtryRef>
<Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>{day}T{hour:02}:{minute:02}:07+08:00</DtTm></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{ref}</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>{ref}</AcctSvcrRef><InstrId>I{ref}</InstrId><EndToEndId>E{ref}</EndToEndId></Refs>
<Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>
<RltdPties><{who}><Pty><Nm>{name}</Nm></Pty></{who}><{who}Acct><Id><Othr><Id>{number}</Id></Othr></Id></{who}Acct></RltdPties>
<RltdAgts><{who}Agt><FinInstnId><Nm>中国农业银行股份有限公司</Nm></FinInstnId></{who}Agt></RltdAgts>
<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
"""
TAIL = "</BkToCstmrStmt></Document>\n"
NAMES = ("元谋县滇青建材经营部", "云南禾顺水利工程有限公司", "大姚县三岔河村民委员会", "武定县农村信用合作联社")
USES = ("大棚滴灌项目 第二期进度款", "移民后期扶持直补 三季度", "集镇供水管网材料款", "征地补偿费 第四批")


@dataclass
class Told:
    """The statement to be of one account; `promises` are spread among its entries as arrivals."""

    account: str
    entries: int
    promises: Sequence[Promise] = ()
    first: date = TODAY - timedelta(days=DAYS)
    last: date = TODAY
    opening: int = OPENING
    mark: str = "A"


def write(path: Path, statements: Iterable[Told], seed: int = 7) -> int:
    """Write one file; answers how many entries it has."""
    chance, count = Random(seed), 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD.format(name=path.stem, day=TODAY))
        for number, told in enumerate(statements, 1):
            file.write(
                FRAME.format(name=f"{path.stem}-{number}", account=told.account, first=told.first, last=told.last)
            )
            closing = told.opening
            lines = []
            for at in range(told.entries):
                fen, line = _entry(told, at, chance)
                closing += fen
                lines.append(line)
            for code, fen, day in (("OPBD", told.opening, told.first), ("CLBD", closing, told.last)):
                side = "CRDT" if fen >= 0 else "DBIT"
                file.write(BALANCE.format(code=code, amount=_yuan(abs(fen)), side=side, day=day))
            file.writelines(lines)
            file.write("</Stmt>\n")
            count += told.entries
        file.write(TAIL)
    return count


def _entry(told: Told, at: int, chance: Random) -> tuple[int, str]:
    """One entry, and what it adds to the balance in fen."""
    days = (told.last - told.first).days
    day = told.first + timedelta(days=days * at // max(told.entries, 1))
    pace = told.entries // (len(told.promises) + 1)
    due = told.promises and at % pace == pace - 1 and at // pace < len(told.promises)
    fen = chance.randint(1_000, 30_000_000) * (1 if chance.random() < 0.3 else -1)
    name, text, number = chance.choice(NAMES), chance.choice(USES), f"6228{chance.randint(0, 20_000):015}"
    if due:
        promise = told.promises[at // pace]
        fen, text, number, name = promise.fen, promise.text, promise.sender, ""
        day = max(day, promise.issued)
    side, who, family = ("CRDT", "Dbtr", "RCDT") if fen > 0 else ("DBIT", "Cdtr", "ICDT")
    ref = f"{told.mark}{told.account[-6:]}{day:%y%m%d}{at:07}"
    known = {"ref": ref, "amount": _yuan(abs(fen)), "side": side, "who": who, "family": family, "day": day}
    return fen, ENTRY.format(**known, hour=8 + at % 9, minute=at % 60, name=name, text=text, number=number)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"
