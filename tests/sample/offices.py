"""A small province of offices that no database knows: one on top, two prefectures, five counties."""

from datetime import date

from anzhi.foundation.accounts.models import Agency, Tier
from anzhi.management.plans.states import FundType
from anzhi.sample.money.batches import Batch

PLACES = (
    (1, "云南省", Tier.PROVINCE, "530000000000", None),
    (2, "楚雄州", Tier.PREFECTURE, "532300000000", 1),
    (3, "昭通市", Tier.PREFECTURE, "530600000000", 1),
    (4, "元谋县", Tier.COUNTY, "532328000000", 2),
    (5, "大姚县", Tier.COUNTY, "532326000000", 2),
    (6, "永仁县", Tier.COUNTY, "532327000000", 2),
    (7, "巧家县", Tier.COUNTY, "530622000000", 3),
    (8, "水富市", Tier.COUNTY, "530681000000", 3),
)


def province() -> list[Agency]:
    """The offices in the order of the register, each knowing the one above it."""
    made: dict[int, Agency] = {}
    for pk, place, tier, code, parent in PLACES:
        made[pk] = Agency(
            pk=pk, name=f"{place}搬迁安置办公室", short_name=f"{place}搬迁安置办", tier=tier, region_code=code,
            parent=made.get(parent or 0),
        )  # fmt: skip
    return sorted(made.values(), key=lambda office: office.region_code)


def counties() -> list[Agency]:
    """Those of the lowest tier."""
    return [office for office in province() if office.tier == Tier.COUNTY]


def batch(key: str = "W1", kind: FundType = FundType.SUPPORT_PROJECT, scale: float = 1.0) -> Batch:
    """A document of some day."""
    return Batch(key, kind, date(2026, 3, 10), 11, "后扶项目", scale)
