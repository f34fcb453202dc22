"""The offices: 1 + 16 + 128, and 129 counties looked after."""

from collections import Counter

import pytest

from anzhi.foundation.accounts import reference
from anzhi.foundation.accounts.models import Agency, Department, Jurisdiction

pytestmark = pytest.mark.django_db


def test_offices_on_each_tier() -> None:
    assert Counter(Agency.objects.values_list("tier", flat=True)) == {"province": 1, "prefecture": 16, "county": 128}


@pytest.mark.parametrize(
    ("code", "name", "short", "parent"),
    [
        ("530000000000", "云南省搬迁安置办公室", "省搬迁安置办", None),
        ("532300000000", "楚雄彝族自治州搬迁安置办公室", "楚雄州搬迁安置办", "530000000000"),
        ("532328000000", "元谋县搬迁安置办公室", "元谋县搬迁安置办", "532300000000"),
    ],
)
def test_names_and_places(code: str, name: str, short: str, parent: str | None) -> None:
    agency = Agency.objects.select_related("parent").get(region_code=code)
    assert (agency.name, agency.short_name) == (name, short)
    assert (agency.parent.region_code if agency.parent else None) == parent


def test_every_county_is_looked_after_though_one_has_no_office() -> None:
    assert Jurisdiction.objects.count() == 129
    assert not Agency.objects.filter(region_code="530114000000").exists()
    assert Jurisdiction.objects.get(region_code="530114000000").agency.region_code == "530100000000"
    own = [row for row in Jurisdiction.objects.select_related("agency") if row.agency.region_code == row.region_code]
    assert len(own) == 128


def test_the_province_has_its_divisions_and_document_mark() -> None:
    province = Agency.objects.get(tier="province")
    assert province.doc_prefix == "云搬发"
    assert {"计划财务处", "法规信访处", "技术服务中心"} <= {d.name for d in province.departments.all()}


def test_loading_again_changes_nothing_and_keeps_what_people_changed() -> None:
    county = Agency.objects.get(region_code="532328000000")
    county.phone = "0878-0000000"
    county.save()
    county.departments.filter(name="财务科").delete()
    before = (Agency.objects.count(), Department.objects.count(), Jurisdiction.objects.count())
    reference.load()
    assert (Agency.objects.count(), Department.objects.count(), Jurisdiction.objects.count()) == before
    county.refresh_from_db()
    assert county.phone == "0878-0000000"


def test_an_office_that_was_closed_does_not_come_back() -> None:
    Agency.objects.filter(region_code="532328000000").update(closed_on="2026-01-01")
    assert reference.load()["county"] == 127
