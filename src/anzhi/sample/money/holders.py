"""Who holds which account: 311 of them at 13 banks, as plain facts before anything is registered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from anzhi.foundation.accounts.models import Agency
from anzhi.management.plans.states import River
from anzhi.sample.chance import stream

ACCOUNTS = 311
SHEETS = {"icbc": "icbc", "abc": "abc", "boc": "boc", "ccb": "ccb", "bocom": "bocom"}
SHEET_ACCOUNTS = 2  # of each of these banks deliver sheets, the rest by direct link
MESSAGES = ("cmb", "citic", "hongta")  # deliver MT940, the others camt.053
HEADS = {"ccb": "5300", "icbc": "2502", "abc": "2406", "boc": "1356", "bocom": "5310", "psbc": "9530"}
COUNTY_BANKS = ("abc", "ynrcc", "ccb", "icbc", "psbc", "boc", "adbc", "fudian", "bocom")
COUNTY_WEIGHTS = (30, 28, 14, 9, 8, 4, 3, 2, 2)
OPENED = date(2021, 9, 1)


@dataclass
class Holder:
    """An account to be: its office, bank, number and what it carries. `balance` runs while money is told."""

    agency: Agency
    bank: str
    number: str
    river: River
    use: str
    delivery: str
    balance: int = 0
    rows: list = field(default_factory=list)

    @property
    def name(self) -> str:
        """The account's name: the office's, then what it is for."""
        return f"{self.agency.name}{self.use}专户"


RESETTLEMENT, SUPPORT = "征地补偿和移民安置资金", "后期扶持资金"
SUBSIDY, WORKS, SPECIAL = "后期扶持直补资金", "后期扶持项目资金", "提灌站项目资金"
RIVERS = {RESETTLEMENT: River.RESETTLEMENT}


def holders(offices: Sequence[Agency], builders: set[str]) -> list[Holder]:
    """All 311, in order of region. `builders`: codes of counties with projects under way."""
    made = [_holder(agency, use, at) for at, (agency, use) in enumerate(_wanted(offices, builders))]
    _by_sheet(made)
    return made


def _wanted(offices: Sequence[Agency], builders: set[str]) -> Iterator[tuple[Agency, str]]:
    left = ACCOUNTS - 3 - 16 * 3 - 128 * 2
    for agency in offices:
        if agency.tier == "province":
            uses = [RESETTLEMENT, SUPPORT, "库区基金"]
        elif agency.tier == "prefecture":
            uses = [RESETTLEMENT, SUPPORT, "移民资金归集"]
        elif agency.region_code in builders:
            uses = [RESETTLEMENT, SUPPORT]
        else:
            uses = [WORKS, SUBSIDY]
        if agency.region_code in EXTRA and left:
            left -= 1
            uses.append(SPECIAL)
        yield from ((agency, use) for use in uses)


EXTRA = ("532328000000", "530622000000", "530826000000", "533423000000")


def _holder(agency: Agency, use: str, at: int) -> Holder:
    chance = stream("account", agency.region_code, use)
    bank = _bank(agency, use, at)
    digits = "".join(chance.choice("0123456789") for _ in range(9))
    number = f"{HEADS.get(bank, '8800')}{agency.region_code[2:6]}{digits}{at:03d}"
    river = RIVERS.get(use, River.RESETTLEMENT if use in ("库区基金", "移民资金归集") else River.SUPPORT)
    return Holder(agency, bank, number, river, use, "MT940" if bank in MESSAGES else "camt")


def _bank(agency: Agency, use: str, at: int) -> str:
    if agency.tier == "province":
        return ("ccb", "adbc", "icbc")[at % 3]
    if agency.tier == "prefecture":
        return ("ccb", "abc", "cmb", "citic", "hongta", "fudian", "icbc", "boc")[at % 8]
    if agency.region_code.startswith("5303") and use in (SUBSIDY, SUPPORT):
        return "qujing"
    return stream("bank", agency.region_code, use).choices(COUNTY_BANKS, COUNTY_WEIGHTS)[0]


def _by_sheet(made: list[Holder]) -> None:
    for bank, mapping in SHEETS.items():
        counties = [one for one in made if one.bank == bank and one.agency.tier == "county" and one.use != SPECIAL]
        for one in counties[:SHEET_ACCOUNTS]:
            one.delivery = mapping
