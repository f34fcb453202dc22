"""Dated values: which holds, how they change, what the sheet says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.door import action
from anzhi.foundation.audit.models import Event
from anzhi.foundation.parameters import queries
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.foundation.parameters.rules import Setting, Settings, Unset
from anzhi.foundation.parameters.services import set_value

EDIT = frozenset({Permission.PARAMETER_EDIT})
PROVINCE = Actor(id=1, name="省管理员", agency_name="省局", region_code="530000000000", prefix="53", permissions=EDIT)
PREFECTURE = Actor(id=2, name="州管理员", region_code="532300000000", prefix="5323", permissions=EDIT)
TODAY = date(2026, 11, 23)
CODE = "idle_fund.blue.days"


def parameter(code: str = CODE) -> RuleParameter:
    return queries.current(timezone.localdate()).get(code=code, scope="", key="")


# --- which value holds


def settings(*rows: tuple[str, str, int]) -> Settings:
    return Settings(tuple(Setting("a.b", Decimal(value), scope=scope, key=key) for scope, key, value in rows))


@pytest.mark.parametrize(
    ("region", "key", "value"),
    [
        ("", "", 1),
        ("530100000000", "", 1),
        ("532300000000", "", 2),
        ("532328000000", "", 3),
        ("532328000000", "postsupport", 3),
        ("530100000000", "postsupport", 4),
        ("532300000000", "postsupport", 5),
        ("532300000000", "hydropower", 2),
    ],
)
def test_the_most_specific_region_wins_then_the_key(region: str, key: str, value: int) -> None:
    rows = settings(("", "", 1), ("5323", "", 2), ("532328", "", 3), ("", "postsupport", 4), ("5323", "postsupport", 5))
    assert rows.value("a.b", region, key) == value
    assert rows.values(region, key) == {"a.b": value}


def test_nothing_set_is_an_error_that_names_it() -> None:
    with pytest.raises(Unset, match=r"a\.b.*5301"):
        settings(("5323", "", 1)).value("a.b", "530100000000")
    with pytest.raises(Unset):
        settings(("", "postsupport", 1)).value("a.b")


def test_numbers_and_texts_are_not_mixed_up() -> None:
    rows = Settings((Setting("n.n", Decimal(1)), Setting("t.t", None, "17:30")))
    assert (rows.value("n.n"), rows.text("t.t"), rows.values()) == (1, "17:30", {"n.n": 1})
    with pytest.raises(TypeError):
        rows.value("t.t")
    with pytest.raises(TypeError):
        rows.text("n.n")


@given(st.lists(st.sampled_from(["", "53", "5323", "532328", "5301"]), min_size=1, unique=True))
def test_order_of_rows_never_matters(scopes: list[str]) -> None:
    rows = [(scope, "", index) for index, scope in enumerate(scopes)]
    there = settings(*rows).values("532328000000")
    assert there == settings(*reversed(rows)).values("532328000000")


# --- the sheet

FIGURES = {
    "idle_fund.spent_share": "0.1",
    "idle_fund.amount": "100000",
    "idle_fund.blue.days": "180",
    "idle_fund.yellow.days": "365",
    "idle_fund.red.days": "730",
    "idle_fund.red_large.days": "365",
    "idle_fund.red_large.amount": "10000000",
    "transfer_late.blue.days": "1",
    "transfer_late.blue.before_days": "5",
    "transfer_late.yellow.days": "10",
    "transfer_late.yellow.amount": "10000000",
    "transfer_late.red.days": "30",
    "transfer_late.red.amount": "100000000",
    "transfer_late.amount.days": "1",
    "match.days": "5",
    "feed_gap.blue.hours": "24",
    "feed_gap.yellow.hours": "72",
    "feed_gap.red.hours": "168",
    "project.point_tolerance": "3000",
    "allocation.days": "30",
    "allocation.province.days": "15",
    "allocation.prefecture.days": "15",
    "alert.ack.blue.working_days": "3",
    "alert.ack.yellow.working_days": "1",
    "alert.ack.red.working_hours": "4",
    "alert.fix.yellow.working_days": "15",
    "alert.fix.red.working_days": "10",
    "password.length": "12",
    "password.days": "90",
    "session.idle_minutes": "15",
    "login.failures": "5",
    "login.lock_minutes": "30",
}


def test_the_sheet_says_what_the_domain_says(system: None) -> None:
    there = queries.settings_on(TODAY, "").values()
    assert {code: there[code] for code in FIGURES} == {code: Decimal(figure) for code, figure in FIGURES.items()}
    assert all(code.startswith("idle_fund.") for code in queries.settings_on(TODAY, "idle_fund.").values())


def test_the_parts_of_the_thirty_days_add_up(system: None) -> None:
    there = queries.settings_on(TODAY, "allocation.").values()
    assert there["allocation.province.days"] + there["allocation.prefecture.days"] == there["allocation.days"]


def test_levels_rise(system: None) -> None:
    there = queries.settings_on(TODAY, "").values()
    for name in ("idle_fund.{}.days", "transfer_late.{}.days", "feed_gap.{}.hours"):
        bands = [there[name.format(level)] for level in ("blue", "yellow", "red")]
        assert bands == sorted(set(bands))


def test_every_parameter_has_names_and_law_its_basis(system: None) -> None:
    rows = list(RuleParameter.objects.all())
    assert len(rows) > 90
    assert [row.code for row in rows if not (row.name and row.name_en and row.set_by)] == []
    assert [row.code for row in rows if row.tag in ("LAW", "K") and not row.legal_basis] == []


def test_loading_again_changes_nothing_and_leaves_an_office_s_value(system: None) -> None:
    set_value(by=PROVINCE, parameter=parameter(), value=Decimal(90), valid_from=timezone.localdate(), legal_basis="x")
    before = list(RuleParameter.objects.order_by("id").values())
    call_command("load_parameters", verbosity=0)
    assert list(RuleParameter.objects.order_by("id").values()) == before


def test_a_missing_parameter_is_added(system: None, capsys: pytest.CaptureFixture) -> None:
    with action("test.deed", by=PROVINCE, on=parameter()):
        RuleParameter.objects.filter(code=CODE).delete()
    call_command("load_parameters")
    assert "1 parameters added" in capsys.readouterr().out
    assert queries.value(CODE, on=TODAY) == 180


# --- a new value


def test_a_new_value_ends_the_old_one_and_both_are_kept(system: None) -> None:
    start = timezone.localdate() + timedelta(10)
    new = set_value(
        by=PROVINCE,
        parameter=parameter(),
        value=Decimal(120),
        valid_from=start,
        legal_basis="云搬发〔2026〕63号",
        note="n",
    )
    assert queries.value(CODE, on=start - timedelta(1)) == 180
    assert queries.value(CODE, on=start) == 120
    assert [row.holds for row in queries.history(new)] == ["120", "180"]
    assert (new.set_by, new.set_by_id, new.legal_basis) == ("省管理员（省局）", 1, "云搬发〔2026〕63号")
    event = Event.objects.filter(name="parameter.set").latest("id")
    assert (event.facts["before"], event.facts["value"], event.facts["code"]) == ("180", "120", CODE)


def test_a_value_between_ends_before_the_one_planned_later(system: None) -> None:
    today = timezone.localdate()
    for days, value in ((20, 300), (10, 200)):
        set_value(
            by=PROVINCE,
            parameter=parameter(),
            value=Decimal(value),
            valid_from=today + timedelta(days),
            legal_basis="x",
        )
    found = [queries.value(CODE, on=today + timedelta(days)) for days in (9, 10, 19, 20)]
    assert found == [180, 200, 200, 300]


def test_a_prefecture_sets_its_own_value_and_no_other(system: None) -> None:
    today = timezone.localdate()
    given = {"parameter": parameter(), "value": Decimal(100), "valid_from": today, "legal_basis": "x"}
    set_value(by=PREFECTURE, scope="5323", **given)
    assert queries.value(CODE, on=today, region_code="532328000000") == 100
    assert queries.value(CODE, on=today, region_code="530102000000") == 180
    for scope in ("", "5301", "53"):
        with pytest.raises(Denied):
            set_value(by=PREFECTURE, scope=scope, **given)
    with pytest.raises(Denied):
        set_value(by=Actor(id=3, name="x", prefix="53"), **given)


def test_text_values_change_too(system: None) -> None:
    today = timezone.localdate()
    set_value(by=PROVINCE, parameter=parameter("calendar.closing"), value="18:00", valid_from=today, legal_basis="x")
    assert queries.settings_on(today, "calendar.closing").text("calendar.closing") == "18:00"


def test_the_past_is_never_changed(system: None) -> None:
    for start in (timezone.localdate() - timedelta(1), date(2000, 1, 1)):
        with pytest.raises(ValidationError, match=r"never changed|不作更改"):
            set_value(by=SYSTEM, parameter=parameter(), value=Decimal(1), valid_from=start, legal_basis="x")


def test_two_values_cannot_begin_on_one_day(system: None) -> None:
    given = {"by": PROVINCE, "value": Decimal(1), "valid_from": timezone.localdate(), "legal_basis": "x"}
    row = parameter()
    set_value(parameter=row, **given)
    with pytest.raises(ValidationError):
        set_value(parameter=row, **given)
    assert len(queries.history(row)) == 2


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({}, "parameter_one_value_a_day"),
        ({"code": "x.y", "text": "also"}, "parameter_number_or_text"),
        ({"code": "x.y", "value": None}, "parameter_number_or_text"),
        ({"code": "x.y", "valid_to": date(1999, 1, 1)}, "parameter_period_forward|range lower bound"),
    ],
)
def test_the_database_refuses_what_cannot_be(system: None, change: dict, constraint: str) -> None:
    sound = {"code": CODE, "name": "n", "value": Decimal(1), "valid_from": date(2000, 1, 1), "tag": "A", "set_by": "s"}
    row = RuleParameter(**sound | change)
    with pytest.raises(DatabaseError, match=constraint), action("test.deed", by=PROVINCE, on=row):
        row.save(force_insert=True)


def test_names_and_values_as_people_read_them() -> None:
    row = RuleParameter(name="天数", name_en="Days", value=Decimal("180.0000"))
    with translation.override("zh-hans"):
        assert (row.label, str(row), row.holds) == ("天数", "天数", "180")
    with translation.override("en"):
        assert row.label == "Days"
    assert RuleParameter(value=Decimal("100000000.0000")).holds == "100000000"
    assert RuleParameter(value=Decimal("0.1000")).holds == "0.1"
    assert RuleParameter(text="17:30").holds == "17:30"


@pytest.mark.usefixtures("system")
def test_a_parameter_may_be_words() -> None:
    day = date(2026, 11, 22)
    assert queries.text("workflow.mark.50", on=day) == "assignee"
    with pytest.raises(TypeError, match="is a number, not text"):
        queries.text("workflow.receipt.days", on=day)
    with pytest.raises(Unset):
        queries.text("workflow.mark.51", on=day)
