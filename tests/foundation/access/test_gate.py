"""May this actor do that, here?"""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from anzhi.foundation.access.actors import NOBODY, SYSTEM, Actor
from anzhi.foundation.access.gate import Denied, demand, may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES, permissions_of

COUNTY = Actor(
    id=1, name="杨若岚", region_code="532328000000", prefix="532328", permissions=frozenset({Permission.ALERT_VIEW})
)
HERE, ELSEWHERE = SimpleNamespace(region_code="532328101000"), SimpleNamespace(region_code="532301000000")


def test_yes_inside_the_area() -> None:
    assert may(COUNTY, Permission.ALERT_VIEW)
    assert may(COUNTY, Permission.ALERT_VIEW, on=HERE)


def test_no_comes_with_a_reason() -> None:
    outside, unheld = may(COUNTY, Permission.ALERT_VIEW, on=ELSEWHERE), may(COUNTY, Permission.ALERT_CLOSE, on=HERE)
    assert not outside
    assert not unheld
    assert outside.reason
    assert unheld.reason
    assert outside.reason != unheld.reason


def test_demand_raises_with_the_reason() -> None:
    with pytest.raises(Denied, match=may(COUNTY, Permission.ALERT_CLOSE).reason):
        demand(COUNTY, Permission.ALERT_CLOSE)
    demand(COUNTY, Permission.ALERT_VIEW, on=HERE)


def test_a_misused_check_fails_loudly() -> None:
    with pytest.raises(TypeError):
        may(COUNTY, Permission.ALERT_VIEW, on=object())
    with pytest.raises(TypeError):
        may(COUNTY, "alert_view")


def test_nobody_may_nothing_and_the_system_everything() -> None:
    assert not any(may(NOBODY, permission) for permission in Permission)
    assert all(may(SYSTEM, permission, on=ELSEWHERE) for permission in Permission)


def test_every_permission_belongs_to_some_role() -> None:
    assert permissions_of(list(ROLES)) == frozenset(Permission)


def test_administrators_see_no_business_rows() -> None:
    business = {Permission.TRANSACTION_VIEW, Permission.ALERT_VIEW, Permission.PROJECT_VIEW, Permission.BOARD_VIEW}
    for code in ("sysadmin", "secadmin", "auditadmin"):
        assert not ROLES[code].permissions & business


def test_an_unknown_role_is_an_error() -> None:
    with pytest.raises(KeyError):
        permissions_of(["emperor"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_reasons_are_sentences_in_the_reader_s_language(language: str) -> None:
    with override(language):
        reasons = [may(COUNTY, Permission.ALERT_CLOSE).reason, may(COUNTY, Permission.ALERT_VIEW, on=ELSEWHERE).reason]
    assert all(reason.endswith("." if language == "en" else "。") for reason in reasons)
    assert all(reason.isascii() == (language == "en") for reason in reasons)


def test_an_area_is_the_whole_code_not_its_first_digits_by_chance() -> None:
    town = Actor(id=2, name="", prefix="532328101", permissions=frozenset({Permission.ALERT_VIEW}))
    for code, inside in (
        ("532328101000", True),
        ("532328101201", True),
        ("532328100000", False),
        ("532328000000", False),
    ):
        assert bool(may(town, Permission.ALERT_VIEW, on=SimpleNamespace(region_code=code))) is inside
