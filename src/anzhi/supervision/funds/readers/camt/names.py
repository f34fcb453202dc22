"""Element names of a camt file, and which leaf means what in which surroundings.

An entry is read in document order: a *context* (`BookgDt`, `DbtrAcct`, ...) decides what the leaves after it
mean, until the next context begins. The schemas fix that order for every version; a file that breaks it loses
its amount or side and is refused, it is never misread.
"""

from functools import lru_cache

from anzhi.supervision.funds.readers.camt import slots as s
from anzhi.supervision.funds.readers.camt.layouts import LARGE, MOST, Context, Part, layout

_EVERYWHERE = {"AddtlTxInf": s.MORE, "AddtlNtryInf": s.ENTRY_TEXT}
_ENTRY = {
    "Amt": s.AMOUNT,
    "CdtDbtInd": s.SIDE,
    "RvslInd": s.REVERSAL,
    "AcctSvcrRef": s.BANK_REF,
    **_EVERYWHERE,
}
_DETAIL = {
    "Amt": s.AMOUNT,
    "CdtDbtInd": s.SIDE,
    "AcctSvcrRef": s.BANK_REF,
    "EndToEndId": s.END_TO_END,
    "InstrId": s.INSTRUCTION,
    **_EVERYWHERE,
}
CONTEXTS: dict[str, dict[str, int]] = {
    "Ntry": _ENTRY,
    "Sts": {"Cd": s.STATUS, "Prtry": s.STATUS, **_ENTRY},
    "BookgDt": {"Dt": s.BOOKED, "DtTm": s.BOOKED_AT, **_ENTRY},
    "ValDt": {"Dt": s.VALUE, "DtTm": s.VALUE_AT, **_ENTRY},
    "TxDtls": _DETAIL,
    "TxAmt": {"Amt": s.TX_AMOUNT, **_EVERYWHERE},
    "Dbtr": {"Nm": s.DEBTOR, **_EVERYWHERE},
    "DbtrAcct": {"IBAN": s.DEBTOR_ACCOUNT, "Id": s.DEBTOR_ACCOUNT, **_EVERYWHERE},
    "DbtrAgt": {
        "Nm": s.DEBTOR_BANK,
        "BICFI": s.DEBTOR_BIC,
        "BIC": s.DEBTOR_BIC,
        **_EVERYWHERE,
    },
    "Cdtr": {"Nm": s.CREDITOR, **_EVERYWHERE},
    "CdtrAcct": {"IBAN": s.CREDITOR_ACCOUNT, "Id": s.CREDITOR_ACCOUNT, **_EVERYWHERE},
    "CdtrAgt": {
        "Nm": s.CREDITOR_BANK,
        "BICFI": s.CREDITOR_BIC,
        "BIC": s.CREDITOR_BIC,
        **_EVERYWHERE,
    },
    "RmtInf": {"Ustrd": s.REMITTANCE, **_EVERYWHERE},
}
"""Leaves by context. Every other container that holds equal names (charges, availability) means nothing."""

_MUTE = [
    "AmtDtls",
    "Avlbty",
    "BkTxCd",
    "Chrgs",
    "Intrst",
    "CardTx",
    "RltdPties",
    "InitgPty",
    "UltmtDbtr",
    "UltmtCdtr",
    "TradgPty",
    "RltdAgts",
    "IntrmyAgt1",
    "RltdRmtInf",
    "RltdDts",
    "RltdPric",
    "Tax",
    "RtrInf",
    "CorpActn",
    "SfkpgAcct",
]

LOCAL = [
    "Acct",
    "Amt",
    "BIC",
    "BICFI",
    "Bal",
    "Cd",
    "CdtDbtInd",
    "Ccy",
    "Document",
    "Dt",
    "DtTm",
    "ElctrncSeqNb",
    "FrDt",
    "FrDtTm",
    "FrToDt",
    "GrpHdr",
    "IBAN",
    "Id",
    "LastPgInd",
    "Nm",
    "Ntfctn",
    "NtfctnPgntn",
    "Ntry",
    "Othr",
    "Ownr",
    "PgNb",
    "Prtry",
    "Rpt",
    "RptPgntn",
    "Stmt",
    "StmtPgntn",
    "Sts",
    "ToDt",
    "ToDtTm",
    "Tp",
    "TxDtls",
]


class Names:
    """`names.Ntry` is the tag of an entry in this file, with its namespace."""

    def __init__(self, namespace: str) -> None:
        prefix = f"{{{namespace}}}" if namespace else ""
        for local in LOCAL:
            setattr(self, local, prefix + local)
        contexts = self._contexts(prefix)
        self._known = contexts[self.Ntry], contexts[self.Sts], contexts[self.TxDtls]
        self.remembered = lru_cache(MOST)(self._layout)

    def layout(self, tags: tuple[str, ...]) -> list[Part]:
        """Which element of an entry with these tags means what."""
        return self.remembered(tags) if len(tags) < LARGE else self._layout(tags)

    def _layout(self, tags: tuple[str, ...]) -> list[Part]:
        return layout(tags, *self._known)

    def _contexts(self, prefix: str) -> "dict[str, Context]":
        """Link the contexts: each knows its leaves and every context that may follow."""
        linked: dict[str, Context] = {
            prefix + name: {prefix + leaf: slot for leaf, slot in leaves.items()}
            for name, leaves in (dict.fromkeys(_MUTE, _EVERYWHERE) | CONTEXTS).items()
        }
        for context in linked.values():
            context.update(linked)
        return linked

    def __getattr__(self, local: str) -> str:
        """Only reached for a name that is not in LOCAL: a slip of the programmer."""
        raise AttributeError(f"{local} is missing in camt.names.LOCAL")
