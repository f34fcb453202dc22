"""The resettlement offices of Yunnan: one province, 16 prefectures, 128 counties.

Their names follow the regions'. Of 129 counties one has no office of its own: in Chenggong the district's
water bureau sees to it, under the office of Kunming. What somebody changed here later is left alone.
"""

from collections import Counter

from django.db import transaction

from anzhi.foundation.accounts.models import Agency, Department, Jurisdiction, Tier
from anzhi.foundation.regions import queries as regions

PROVINCE = "530000000000"
WITHOUT_OFFICE = {"530114000000"}  # 呈贡区
DIVISIONS = (  # 计划财务处, 法规信访处 and 技术服务中心 are known; the others are the usual ones of such an office
    "办公室",
    "计划财务处",
    "规划处",
    "安置处",
    "后期扶持处",
    "法规信访处",
    "监督稽察处",
    "人事处",
    "机关党委",
    "技术服务中心",
)
COUNTY_DIVISIONS = ("综合科", "财务科", "安置科", "后期扶持科")


@transaction.atomic
def load() -> Counter:
    """Make what is missing; returns how many open offices stand on each tier."""
    for tier in (Tier.PROVINCE, Tier.PREFECTURE, Tier.COUNTY):
        _make(tier)
    _divide()
    _assign()
    return Counter(Agency.objects.filter(closed_on=None).values_list("tier", flat=True))


def _make(tier: Tier) -> None:
    above = dict(Agency.objects.filter(closed_on=None).values_list("region_code", "pk"))
    known = set(Agency.objects.values_list("region_code", flat=True)) | WITHOUT_OFFICE
    Agency.objects.bulk_create(
        Agency(
            name=f"{region.name}搬迁安置办公室",
            short_name=f"{'省' if tier == Tier.PROVINCE else region.short_name}搬迁安置办",
            tier=tier,
            region_code=region.code,
            parent_id=above.get(region.parent_id or ""),
            doc_prefix="云搬发" if tier == Tier.PROVINCE else "",
        )
        for region in regions.inside("53", tier)
        if region.code not in known
    )


def _divide() -> None:
    """Divisions for offices that have none at all."""
    bare = Agency.objects.filter(departments=None, closed_on=None)
    Department.objects.bulk_create(
        Department(agency=agency, name=name)
        for agency in bare
        for name in (DIVISIONS if agency.tier == Tier.PROVINCE else COUNTY_DIVISIONS)
    )


def _assign() -> None:
    """Each county to its own office, else to that of its prefecture."""
    offices = dict(Agency.objects.filter(closed_on=None).values_list("region_code", "pk"))
    assigned = set(Jurisdiction.objects.values_list("region_code", flat=True))
    Jurisdiction.objects.bulk_create(
        Jurisdiction(
            region_code=county.code, agency_id=offices.get(county.code) or offices[county.parent_id or PROVINCE]
        )
        for county in regions.inside("53", Tier.COUNTY)
        if county.code not in assigned
    )
