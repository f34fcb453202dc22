"""Whatever a superuser changes in the sealed trail is found and named."""

import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from anzhi.foundation.audit.checking import Broken, verify
from anzhi.foundation.audit.models import Event, Seal
from anzhi.foundation.audit.sealing import seal
from foundation.audit.conftest import happen

TEXTS = ["region_code", "name", "actor_label", "actor_agency", "subject_type", "subject_id", "subject_label"]
CHANGES = {
    **{column: f"overlay({column} placing 'x' from 1)" for column in TEXTS},
    "id": "id + 1000000",
    "at": "at + interval '1 microsecond'",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "facts": "jsonb_set(facts, '{note}', '\"拔付\"')",
    "xid": "xid + 1",
}
BYTES = ("root", "previous", "hash", "leaves")
SEAL_CHANGES = {
    **{
        column: f"set_byte({column}, 3, get_byte({column}, 3) # 1)" for column in ("root", "previous", "hash", "leaves")
    },
    **{column: f"{column} + 1" for column in ("from_id", "to_id", "count", "below", "version")},
    "number": "number + 100",
    "at": "at + interval '1 microsecond'",
}


def found() -> str:
    """The first fault, in English; empty when the trail is whole."""
    try:
        with translation.override("en"):
            verify()
    except Broken as fault:
        return str(fault)
    return ""


def middle(root: psycopg.Connection) -> int:
    """An event of the second seal."""
    return root.execute("SELECT from_id + 1 FROM audit_seal WHERE number = 2").fetchone()[0]


def test_a_whole_trail_is_whole(trail: Path) -> None:
    assert found() == ""
    report = verify()
    assert (report.seals, report.unsealed) == (3, 0)


def test_every_column_of_an_event_is_watched(trail: Path, superuser: psycopg.Connection) -> None:
    assert set(CHANGES) == {field.column for field in Event._meta.concrete_fields}
    event = middle(superuser)
    superuser.execute("CREATE TEMP TABLE kept AS SELECT * FROM audit_event WHERE id = %s", [event])
    missed = {}
    for column, change in CHANGES.items():
        superuser.execute(f"UPDATE audit_event SET {column} = {change} WHERE id = %s", [event])
        if str(event) not in found():
            missed[column] = found()
        superuser.execute("DELETE FROM audit_event WHERE id IN (%s, %s)", [event, event + 1_000_000])
        superuser.execute("INSERT INTO audit_event SELECT * FROM kept")
    assert missed == {}
    assert found() == ""


def test_null_and_empty_are_two_things(trail: Path, superuser: psycopg.Connection) -> None:
    row = superuser.execute("SELECT min(id) FROM audit_event WHERE actor_id IS NULL").fetchone()[0]
    superuser.execute("UPDATE audit_event SET actor_id = 0 WHERE id = %s", [row])
    assert re.search(rf"Event {row} was changed", found())


def test_moments_without_a_number_are_changes_too(trail: Path, superuser: psycopg.Connection) -> None:
    event = middle(superuser)
    for at in ("infinity", "-infinity", "2026-11-23 BC"):
        superuser.execute("UPDATE audit_event SET at = %s WHERE id = %s", [at, event])
        assert str(event) in found()


def test_a_removed_row_is_named(trail: Path, superuser: psycopg.Connection) -> None:
    event = middle(superuser)
    superuser.execute("DELETE FROM audit_event WHERE id = %s", [event])
    assert found() == f"Event {event} was removed after seal 2 was made."


@pytest.mark.parametrize("xid", ["(SELECT below - 1 FROM audit_seal WHERE number = 2)", "1", "-7"])
def test_an_inserted_row_is_named(trail: Path, superuser: psycopg.Connection, xid: str) -> None:
    superuser.execute("CREATE TEMP TABLE extra AS SELECT * FROM audit_event ORDER BY id DESC LIMIT 1")
    superuser.execute(f"UPDATE extra SET id = 987654, xid = {xid}")
    superuser.execute("INSERT INTO audit_event SELECT * FROM extra")
    assert found().startswith("Event 987654 was inserted after seal")


def test_two_rows_exchanged_are_found(trail: Path, superuser: psycopg.Connection) -> None:
    one = middle(superuser)
    superuser.execute("UPDATE audit_event SET id = -1 WHERE id = %s", [one])
    superuser.execute("UPDATE audit_event SET id = %s WHERE id = %s", [one, one + 1])
    superuser.execute("UPDATE audit_event SET id = %s WHERE id = -1", [one + 1])
    assert found() == f"Event {one} was changed after seal 2 was made."


def test_the_first_of_several_is_named(trail: Path, superuser: psycopg.Connection) -> None:
    event = middle(superuser)
    superuser.execute("UPDATE audit_event SET name = 'x' WHERE id >= %s", [event])
    assert found() == f"Event {event} was changed after seal 2 was made."


def test_a_cut_tail_is_found_also_without_its_seal(trail: Path, superuser: psycopg.Connection) -> None:
    start = superuser.execute("SELECT from_id FROM audit_seal WHERE number = 3").fetchone()[0]
    superuser.execute("DELETE FROM audit_event WHERE id >= %s", [start])
    assert found() == f"Event {start} was removed after seal 3 was made."
    superuser.execute("DELETE FROM audit_seal WHERE number = 3")
    assert found() == "The end was cut off: the file knows 3 seals, the database 2."
    superuser.execute("DELETE FROM audit_seal")
    superuser.execute("DELETE FROM audit_event")
    assert found() == "The end was cut off: the file knows 3 seals, the database 0."


def test_every_column_of_a_seal_is_watched(trail: Path, superuser: psycopg.Connection) -> None:
    assert set(SEAL_CHANGES) == {field.column for field in Seal._meta.concrete_fields}
    superuser.execute("CREATE TEMP TABLE kept AS SELECT * FROM audit_seal WHERE number = 2")
    missed = []
    for column, change in SEAL_CHANGES.items():
        superuser.execute(f"UPDATE audit_seal SET {column} = {change} WHERE number = 2")
        if not found().startswith("Seal 2 was "):
            missed.append((column, found()))
        superuser.execute("DELETE FROM audit_seal WHERE number IN (2, 102)")
        superuser.execute("INSERT INTO audit_seal SELECT * FROM kept")
    assert missed == []
    assert found() == ""


def test_a_removed_seal_is_named(trail: Path, superuser: psycopg.Connection) -> None:
    superuser.execute("DELETE FROM audit_seal WHERE number = 2")
    assert found() == "Seal 2 was removed."


def test_leaves_of_a_wrong_length_are_a_changed_seal(trail: Path, superuser: psycopg.Connection) -> None:
    for leaves in (b"", b"\x00"):
        superuser.execute("UPDATE audit_seal SET leaves = %s WHERE number = 2", [leaves])
        assert found() == "Seal 2 was changed."


def test_a_chain_made_anew_is_not_the_one_in_the_file(trail: Path, superuser: psycopg.Connection) -> None:
    kept = trail.read_text()
    superuser.execute("DELETE FROM audit_seal")
    superuser.execute("DELETE FROM audit_event WHERE name = 'test.happened' AND facts->'list'->>0 = '1'")
    trail.unlink()
    for _ in range(3):
        seal()
        happen()
    trail.write_text(kept)
    assert found() == "Seal 1 is not the one in the file of seals."


def test_the_file_is_watched_as_well(trail: Path) -> None:
    kept = trail.read_text()
    lines = kept.splitlines(keepends=True)
    for text, said in (
        ("".join(lines[:1]), "The file of seals was cut off: it knows 1 seals, the database 3."),
        (kept.replace(lines[1].split()[1], "0" * 64), "Seal 2 is not the one in the file of seals."),
        (lines[0] + "\n" + lines[2], "The file of seals was changed: line 2 is not a seal."),
        (lines[0] + lines[2] + lines[1], "The file of seals was changed: line 2 is not a seal."),
    ):
        trail.write_text(text)
        assert found() == said
    trail.unlink()
    assert "cut off" in found()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_of_any_row_counts(trail: Path, superuser: psycopg.Connection, data: st.DataObject) -> None:
    """One random byte in one random text of one random event, then back again."""
    column = data.draw(st.sampled_from([*TEXTS, "facts"]))
    rows = superuser.execute(
        sql.SQL("SELECT id, {}::text FROM audit_event WHERE length({}::text) > 0 AND name = 'test.happened'").format(
            sql.Identifier(column), sql.Identifier(column)
        )
    ).fetchall()
    number, text = data.draw(st.sampled_from(rows))
    places = [at for at, char in enumerate(text) if column != "facts" or char.isdigit()]
    at = data.draw(st.sampled_from(places))
    new = data.draw(st.sampled_from("123456789")) if column == "facts" else data.draw(st.sampled_from("xyzäß安"))
    changed = text[:at] + new + text[at + 1 :]
    update = sql.SQL("UPDATE audit_event SET {} = %s WHERE id = %s").format(sql.Identifier(column))
    superuser.execute(update, [changed, number])
    try:
        # a row whose region became no region is out of everybody's sight: it counts as removed
        said = rf"Event {number} was (changed|removed) after seal {_seal(number)} was made\."
        assert re.fullmatch("" if changed == text else said, found())
    finally:
        superuser.execute(update, [text, number])


def _seal(number: int) -> int:
    return Seal.objects.get(from_id__lte=number, to_id__gte=number).number


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bit_of_any_seal_counts(trail: Path, superuser: psycopg.Connection, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 3))
    column = data.draw(st.sampled_from(BYTES))
    size = superuser.execute(f"SELECT length({column}) FROM audit_seal WHERE number = {number}").fetchone()[0]
    bit = data.draw(st.integers(0, size * 8 - 1))
    flip = f"UPDATE audit_seal SET {column} = set_bit({column}, {bit}, 1 - get_bit({column}, {bit}))"
    superuser.execute(f"{flip} WHERE number = {number}")
    try:
        assert found() == f"Seal {number} was changed."
    finally:
        superuser.execute(f"{flip} WHERE number = {number}")


# --- the command


def run(capsys: pytest.CaptureFixture, *arguments: str) -> tuple[int, str]:
    code: Any = 0
    try:
        with translation.override("en"):
            call_command("audit", "verify", *arguments)
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_command_answers_0_and_1_in_words(
    trail: Path, superuser: psycopg.Connection, capsys: pytest.CaptureFixture
) -> None:
    code, said = run(capsys)
    assert (code, "under 3 seals; 0 not sealed yet" in said) == (0, True)
    event = middle(superuser)
    superuser.execute("UPDATE audit_event SET actor_label = 'x' WHERE id = %s", [event])
    assert run(capsys) == (1, f"Event {event} was changed after seal 2 was made.\n")


def test_a_period_checks_the_seals_made_in_it(
    trail: Path, superuser: psycopg.Connection, capsys: pytest.CaptureFixture
) -> None:
    event = middle(superuser)
    superuser.execute("UPDATE audit_event SET actor_label = 'x' WHERE id = %s", [event])
    second, third = (seal.at.isoformat() for seal in Seal.objects.filter(number__gte=2).order_by("number"))
    assert run(capsys, "--from", third)[0] == 0
    assert run(capsys, "--from", second)[0] == 1
    assert run(capsys, "--to", second)[0] == 1
    assert run(capsys, "--to", "2020-01-01")[0] == 0
    assert run(capsys, "--from", "2020-01-01", "--to", "2999-12-31")[0] == 1
    assert run(capsys, "--from", "yesterday")[0] != 0


def test_an_empty_trail_is_whole(ledger_file: Path) -> None:
    assert found() == ""


def test_a_hundred_thousand_events_take_seconds(ledger_file: Path, superuser: psycopg.Connection) -> None:
    superuser.execute(
        """INSERT INTO audit_event (name, actor_label, actor_agency, subject_type, subject_id, subject_label,
                                    region_code, facts)
           SELECT 'bulk.one', '杨若岚', '元谋县搬迁安置办', 'funds.transaction', n::text, '一笔流水', '532328000000',
                  jsonb_build_object('amount', n::text, 'note', '拨付') FROM generate_series(1, 100000) n"""
    )
    assert seal() >= 100_000
    assert verify().events >= 100_000
    superuser.execute("UPDATE audit_event SET subject_id = 'x' WHERE id = (SELECT max(id) FROM audit_event)")
    assert "was changed" in found()
