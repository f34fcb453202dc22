"""The door: one event a deed, and no guarded write without a deed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.audit.door import action
from anzhi.foundation.audit.models import Event
from anzhi.foundation.calendar.models import Year
from anzhi.foundation.regions.models import Region
from foundation.audit.conftest import CLERK, SUBJECT


def setting(name: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        return cursor.fetchone()[0]


def last() -> Event:
    return Event.objects.latest("id")


def test_a_deed_leaves_one_event_with_labels_and_facts(system: None) -> None:
    before = Event.objects.count()
    with action("a.b", by=CLERK, on=SUBJECT, amount=Decimal("1.50"), day=date(2026, 11, 23)) as facts:
        facts["rows"] = 3
    event = last()
    assert Event.objects.count() == before + 1
    assert event.facts == {"amount": "1.50", "day": "2026-11-23", "rows": 3}
    assert (event.actor_id, event.actor_label, event.actor_agency) == (12, "杨若岚", "元谋县搬迁安置办")
    assert (event.subject_type, event.subject_id, event.subject_label) == (
        "regions.region",
        "532328000000",
        str(SUBJECT),
    )
    assert (event.region_code, str(event)) == ("532328000000", f"{event.pk} a.b")
    assert event.at
    assert event.xid


def test_the_region_is_the_given_one_then_the_actor_s_then_the_province(system: None) -> None:
    codes = []
    for by, given in ((CLERK, "530102000000"), (CLERK, None), (SYSTEM, None)):
        with action("a.b", by=by, on=Year(year=2026), region_code=given):
            pass
        codes.append(last().region_code)
    assert codes == ["530102000000", "532328000000", "530000000000"]


def test_a_subject_not_saved_has_no_number(system: None) -> None:
    with action("a.b", by=SYSTEM, on=Event(name="x")):
        pass
    assert last().subject_id == ""


def test_a_failed_deed_leaves_nothing_and_no_open_door(system: None) -> None:
    before = Event.objects.count()
    with pytest.raises(ZeroDivisionError), action("a.b", by=CLERK, on=SUBJECT):
        Year.objects.create(year=1999, source="x")
        _ = 1 / 0
    assert Event.objects.count() == before
    assert not Year.objects.filter(pk=1999).exists()
    assert not setting("app.action")


def test_deeds_nest_and_the_outer_one_comes_back(system: None) -> None:
    with action("outer.one", by=CLERK, on=SUBJECT):
        with action("inner.one", by=SYSTEM, on=SUBJECT):
            assert (setting("app.action"), setting("app.actor")) == ("inner.one", "system")
        assert (setting("app.action"), setting("app.actor")) == ("outer.one", "12")
    assert [event.name for event in Event.objects.order_by("-id")[:2]] == ["outer.one", "inner.one"]
    assert (setting("app.action"), setting("app.actor")) == ("", "system")


def refused() -> None:
    with pytest.raises(ProgrammingError, match="needs an action"), transaction.atomic():
        Year.objects.create(year=1999, source="x")


def test_a_guarded_table_takes_no_write_without_a_deed(system: None) -> None:
    refused()  # the setting is NULL
    with action("a.b", by=SYSTEM, on=SUBJECT):
        Year.objects.create(year=1999, source="x")
    refused()  # the setting is ''
    for write in (lambda: Year.objects.filter(pk=1999).update(source="y"), lambda: Year.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="needs an action"), transaction.atomic():
            write()


def test_the_setting_does_not_outlive_its_transaction(live_db: str) -> None:
    with system_scope():
        with action("a.b", by=SYSTEM, on=SUBJECT):
            Year.objects.create(year=1999, source="x")
        refused()


@pytest.mark.parametrize("column", ["id", "at", "xid"])
def test_the_application_cannot_forge_what_the_database_fills(system: None, column: str) -> None:
    value = "now()" if column == "at" else "1"
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO audit_event (name, {column}) VALUES ('x', {value})")


@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_nothing_of_the_trail_is_changed_by_the_application(system: None, table: str, statement: str) -> None:
    column = "name" if table == "audit_event" else "count"
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, column))


def test_an_event_elsewhere_is_written_but_not_seen(db: None) -> None:
    with region_scope("532328"):
        before = Event.objects.count()
        with action("a.b", by=CLERK, on=Region(code="530102000000", name="x"), region_code="530102000000"):
            pass
        assert Event.objects.count() == before
    with region_scope("5301"):
        assert last().region_code == "530102000000"
