"""The year's plans: batches of money, each a document, split from province to prefecture to county."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anzhi.foundation.accounts.models import Agency
from anzhi.management.plans.states import FundType
from anzhi.sample.chance import stream
from anzhi.sample.span import Year

PEOPLE = 844_200  # persons on the support register (domain §0.6)
QUARTER = 150  # yuan a person and quarter (600 a year)
TO_PREFECTURE, TO_COUNTY = timedelta(days=15), timedelta(days=30)  # 30 days in all (Budget Law, Art. 52)
HUNDRED = 100 * 100  # amounts are whole hundreds of yuan, in fen


@dataclass(frozen=True)
class Batch:
    """One document: a kind of money issued on a day. `scale` multiplies the county's usual amount."""

    key: str
    fund_type: FundType
    issued: date
    number: int
    purpose: str
    scale: float = 1.0

    @property
    def document(self) -> str:
        """云搬发〔2026〕63号."""
        return f"云搬发〔{self.issued.year}〕{self.number}号"


@dataclass(frozen=True)
class Leg:
    """An allocation to be: fen from one office to another under a batch."""

    number: str
    batch: Batch
    sender: Agency
    receiver: Agency
    fen: int
    due: date
    upper: str = ""
    line: str = ""


def batches(year: Year) -> list[Batch]:
    """Direct subsidy by quarter, projects in rounds, compensation in rounds; the last ones still under way."""
    direct, works, land = FundType.SUPPORT_DIRECT, FundType.SUPPORT_PROJECT, FundType.COMPENSATION
    day, end = timedelta(days=1), year.as_of
    return [
        Batch("D1", direct, year.month(0) + 4 * day, 91, "直补", 1),
        Batch("C1", land, year.month(1) + 9 * day, 3, "征地补偿和移民安置", 0.8),
        Batch("W1", works, year.month(2) + 9 * day, 11, "后扶项目", 1),
        Batch("D2", direct, year.month(3) + 4 * day, 18, "直补", 1),
        Batch("C2", land, year.month(4) + 9 * day, 24, "征地补偿和移民安置", 1),
        Batch("D3", direct, year.month(6) + 4 * day, 37, "直补", 1),
        Batch("W2", works, year.month(7) + 9 * day, 46, "后扶项目", 0.8),
        Batch("C3", land, year.month(7) + 14 * day, 48, "征地补偿和移民安置", 1.1),
        Batch("D4", direct, end - 79 * day, 61, "直补", 1),
        Batch("C4", land, end - 73 * day, 63, "征地补偿和移民安置", 1.2),
        Batch("W3", works, end - 46 * day, 70, "后扶项目", 0.5),
        Batch("W4", works, end - 38 * day, 72, "后扶项目", 0.4),
        Batch("W5", works, end - 27 * day, 75, "后扶项目", 0.3),
    ]


def old_batches(year: Year) -> list[Batch]:
    """Documents of the years before, whose money some counties have not touched."""
    day = timedelta(days=1)
    return [
        Batch("O1", FundType.SUPPORT_PROJECT, year.as_of - 1133 * day, 57, "提灌站改造"),
        Batch("O2", FundType.SUPPORT_PROJECT, year.as_of - 520 * day, 29, "后扶项目"),
    ]


@dataclass(frozen=True)
class Shares:
    """How large each county is: persons supported, and yearly compensation where projects are under way."""

    people: dict[str, int]
    land: dict[str, int]


def shares(counties: Sequence[Agency], builders: set[str]) -> Shares:
    """Persons add up to the register; compensation only for counties that build."""
    weights = {c.region_code: stream("people", c.region_code).lognormvariate(0, 0.6) for c in counties}
    whole = sum(weights.values())
    people = {code: round(PEOPLE * weight / whole) for code, weight in weights.items()}
    largest = max(people, key=lambda code: people[code])
    people[largest] += PEOPLE - sum(people.values())
    land = {code: round(stream("land", code).lognormvariate(18.9, 0.5)) for code in sorted(builders)}
    return Shares(people, land)


def fen_for(batch: Batch, code: str, size: Shares) -> int:
    """What a county gets of a batch, in fen; 0 when it takes no part."""
    if batch.fund_type == FundType.SUPPORT_DIRECT:
        return size.people[code] * QUARTER * 100
    if batch.fund_type == FundType.SUPPORT_PROJECT:
        chance = stream("works", batch.key, code)
        return int(size.people[code] * 520 * batch.scale * chance.uniform(0.7, 1.3)) // 100 * HUNDRED
    return int(size.land.get(code, 0) / 4 * batch.scale) // 100 * HUNDRED


def legs(batch: Batch, offices: Sequence[Agency], amounts: dict[str, int]) -> Iterator[Leg]:
    """The province's legs to prefectures, then theirs to counties; a prefecture gets what its counties get."""
    province = next(o for o in offices if o.tier == "province")
    below: dict[int | None, list[Agency]] = defaultdict(list)
    for office in offices:
        if office.tier == "county" and amounts.get(office.region_code):
            below[office.parent_id].append(office)
    for middle in (o for o in offices if o.tier == "prefecture" and below[o.pk]):
        whole = sum(amounts[c.region_code] for c in below[middle.pk])
        upper = f"BF-{batch.issued:%Y%m%d}-{batch.key}-{middle.region_code[2:4]}"
        yield Leg(upper, batch, province, middle, whole, batch.issued + TO_PREFECTURE)
        for county in below[middle.pk]:
            code = county.region_code
            line = f"JH-{batch.issued.year}-{batch.key}-{code[2:6]}"
            number = f"BF-{batch.issued:%Y%m%d}-{batch.key}-{code[2:6]}"
            yield Leg(number, batch, middle, county, amounts[code], batch.issued + TO_COUNTY, upper, line)
