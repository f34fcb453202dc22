"""What a value may be, who may set it where, and what the page says when it cannot be."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.access.scope import Scope, system_scope
from anzhi.foundation.audit.models import Event
from anzhi.foundation.parameters import bounds, clock, queries
from anzhi.foundation.parameters.bounds import Bounds, Written
from anzhi.foundation.parameters.models import RuleParameter, Tag
from anzhi.foundation.parameters.rules import Unset
from anzhi.foundation.parameters.services import seed, set_value, stand_still
from harness import people

pytestmark = pytest.mark.django_db
EDIT = frozenset({Permission.PARAMETER_EDIT})
PROVINCE = Actor(id=1, name="省管理员", region_code="530000000000", prefix="53", permissions=EDIT)
PREFECTURE = Actor(id=2, name="州管理员", region_code="532300000000", prefix="5323", permissions=EDIT)
COUNTY = Actor(id=3, name="县管理员", region_code="532328000000", prefix="532328", permissions=EDIT)
CODE = "idle_fund.blue.days"


def row(code: str = CODE, scope: str = "") -> RuleParameter:
    return queries.current(clock.today()).get(code=code, scope=scope, key="")


def put(
    value: Any, code: str = CODE, scope: str | None = None, by: Actor = PROVINCE, days: int = 0, parameter: Any = None
) -> RuleParameter:
    day = clock.today() + timedelta(days=days)
    with system_scope():
        return set_value(
            by=by,
            parameter=parameter or row(code),
            value=value,
            valid_from=day,
            legal_basis="云搬发〔2026〕1号",
            scope=scope,
        )


# --- bounds


@pytest.fixture
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two codes with bounds, of this test only."""
    monkeypatch.setattr(bounds, "_bounds", dict(bounds._bounds))
    bounds.register({CODE: Bounds(Decimal(30), Decimal(365))})


@pytest.mark.parametrize(
    ("value", "fits"), [("30", True), ("365", True), ("29", False), ("366", False), ("90.5", False)]
)
def test_a_bound_holds_at_both_ends(bounded: None, value: str, fits: bool) -> None:
    if fits:
        assert put(value).value == Decimal(value)
    else:
        with pytest.raises(ValidationError) as refused:
            put(value)
        assert "30" in refused.value.message_dict["value"][0]
        assert row().value == 180


def test_a_code_without_bounds_takes_any_number_from_zero_on() -> None:
    assert put("0").value == 0
    with pytest.raises(ValidationError, match="零"):
        put("-1", days=1)


def test_what_is_the_same_everywhere_has_no_region(bounded: None) -> None:
    with pytest.raises(ValidationError) as refused:
        put("90", scope="5323")
    assert list(refused.value.message_dict) == ["scope"]


def test_a_text_is_read_before_it_is_kept() -> None:
    check = Written(date.fromisoformat, "2026-11-23")
    check.check(None, "2026-02-28")
    with pytest.raises(ValidationError, match="2026-11-23"):
        check.check(None, "2026-02-30")


def test_the_sample_s_day_is_a_day_or_refused(system: None) -> None:
    stand_still(by=SYSTEM, day=clock.today())
    with pytest.raises(ValidationError):
        put("今天", clock.AS_OF)
    with pytest.raises(ValidationError):
        put("2026-11-23", clock.AS_OF, scope="5323")
    assert clock.as_of() == timezone.localdate()


def test_every_first_value_lies_within_its_bounds() -> None:
    for parameter in RuleParameter.objects.all():
        bounds.check(parameter.code, parameter.value, parameter.text, parameter.scope)


# --- who sets what where


@pytest.mark.parametrize(
    ("by", "scope", "may"),
    [
        (PROVINCE, "", True),
        (PROVINCE, "5323", True),
        (PROVINCE, "532328", True),
        (PREFECTURE, "", False),
        (PREFECTURE, "5323", True),
        (PREFECTURE, "532328", True),
        (PREFECTURE, "5306", False),
        (PREFECTURE, "53", False),
        (COUNTY, "532328", True),
        (COUNTY, "5323", False),
        (COUNTY, "532329", False),
    ],
)
def test_a_value_is_set_where_one_is_at_home(by: Actor, scope: str, may: bool) -> None:
    if may:
        assert put("90", scope=scope, by=by).scope == scope
    else:
        with pytest.raises(Denied):
            put("90", scope=scope, by=by)
        assert not RuleParameter.objects.filter(set_by=by.label).exists()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_of_the_roles_only_the_system_administrator_sets_values(role: str) -> None:
    actor = people.saved_actor(role, region="53")
    if role == "sysadmin":
        put("90", by=actor)
    else:
        with pytest.raises(Denied):
            put("90", by=actor)


def test_seeding_needs_the_permission_too() -> None:
    with pytest.raises(Denied):
        seed(by=people.actor("leader", region="53"), rows=[])


# --- three scopes, one after another


def test_the_county_s_own_value_ends_without_touching_the_others() -> None:
    put("170", scope="5323")
    put("160", scope="532328")
    put("150", scope="532328", days=10, parameter=row(scope="532328"))
    today, later = clock.today(), clock.today() + timedelta(days=10)

    def holds(region: str, on: date) -> int:
        return int(queries.value(CODE, on=on, region_code=region))

    assert [holds(region, today) for region in ("", "530100000000", "532329000000", "532328000000")] == [
        180,
        180,
        170,
        160,
    ]
    assert [holds(region, later) for region in ("", "530100000000", "532329000000", "532328000000")] == [
        180,
        180,
        170,
        150,
    ]


@pytest.mark.parametrize(("prefix", "seen"), [("53", 3), ("5323", 3), ("532328", 3), ("5306", 1), ("532329", 2)])
def test_one_sees_one_s_area_what_lies_above_and_inside(prefix: str, seen: int) -> None:
    put("170", scope="5323")
    put("160", scope="532328")
    assert queries.listed(Scope(prefix)).filter(code=CODE).count() == seen


def test_another_s_value_has_no_page() -> None:
    own, foreign = put("170", scope="5323"), put("160", scope="5306")
    client = people.client_for("sysadmin", region="5323")
    assert client.get(f"/parameters/{own.pk}/").status_code == 200
    assert client.get(f"/parameters/{foreign.pk}/").status_code == 404
    assert client.post(f"/parameters/{foreign.pk}/set/", {"value": "1"}).status_code == 404


# --- many at once


def test_named_values_come_in_one_query(django_assert_num_queries: Any) -> None:
    today = clock.today()
    with django_assert_num_queries(1):
        found = queries.named(("match.days", "login.failures"), on=today)
    assert found == {"match.days": 5, "login.failures": 5}
    put("9", "match.days", scope="5323")
    assert queries.named(("match.days",), on=clock.today()) == {"match.days": 5}, "what holds everywhere"


@pytest.mark.parametrize("codes", [("nothing.here",), ("match.days", "calendar.closing")])
def test_a_named_number_that_is_missing_is_an_error(codes: tuple[str, ...]) -> None:
    with pytest.raises(Unset, match=codes[-1]):
        queries.named(codes, on=clock.today())


def test_all_of_a_beginning_for_one_region_and_kind() -> None:
    put("170", scope="5323")
    found = queries.settings_on(clock.today(), "idle_fund.").values("532328000000")
    assert found[CODE] == 170
    assert set(found) == set(queries.settings_on(clock.today(), "idle_fund.").values())


# --- on the page and on record


@pytest.fixture
def admin() -> Client:
    return people.client_for("sysadmin", region="53")


def given(**changed: Any) -> dict[str, Any]:
    return {"value": "120", "valid_from": clock.today(), "legal_basis": "云搬发〔2026〕63号", "scope": ""} | changed


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": "-1"}, "不能小于零"),
        ({"value": "abc"}, ""),
        ({"value": "1.23456"}, ""),
        ({"value": ""}, ""),
        ({"legal_basis": ""}, ""),
        ({"valid_from": "2020-01-01"}, ""),
        ({"valid_from": "2026-02-30"}, ""),
        ({"scope": "999999999999"}, ""),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field(admin: Client, wrong: dict[str, str], words: str) -> None:
    answer = admin.post(f"/parameters/{row().pk}/set/", given(**wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert words in answer.text
    assert row().value == 180


def test_the_page_of_a_limit_says_which_numbers_there_are(admin: Client) -> None:
    parameter = row("session.idle_minutes")
    answer = admin.post(f"/parameters/{parameter.pk}/set/", given(value="100000"))
    assert "1 到 720" in answer.text
    assert admin.post(f"/parameters/{parameter.pk}/set/", given(value="30")).status_code == 302
    assert row("session.idle_minutes").value == 30


def test_the_record_says_what_held_before(admin: Client) -> None:
    admin.post(f"/parameters/{row().pk}/set/", given(value="120", note="试行"))
    with system_scope():
        event = Event.objects.get(name="parameter.set")
    assert (event.facts["before"], event.facts["value"], event.facts["code"]) == ("180", "120", CODE)
    assert "120" in admin.get(f"/parameters/{row().pk}/").text


def test_a_planned_value_is_seen_in_the_history_but_not_in_the_list(admin: Client) -> None:
    put("77", days=30)
    assert ">77<" not in admin.get(f"/parameters/?q={CODE}").text
    assert "77" in admin.get(f"/parameters/{row().pk}/").text


def test_the_list_in_english_has_english_names(admin: Client) -> None:
    admin.post("/me/language/", {"language": "en"})
    page = admin.get("/parameters/?group=login").text
    assert "Log-in: failures before lock-out" in page
    with translation.override("en"):
        assert row().label != row().name


@pytest.mark.parametrize("tag", Tag.values)
def test_each_mark_of_certainty_filters(admin: Client, tag: str) -> None:
    page = admin.get(f"/parameters/?tag={tag}")
    assert page.status_code == 200
    count = queries.listed(Scope("53")).filter(tag=tag).count()
    assert f"{count}" in page.text


def test_a_sheet_loaded_twice_adds_nothing_and_says_so(capsys: pytest.CaptureFixture) -> None:
    call_command("load_parameters")
    assert capsys.readouterr().out == "0 parameters added\n"
    call_command("load_parameters", verbosity=0)
    assert capsys.readouterr().out == ""
