"""Row-level security stands on every table with a region code, and nobody can step round it."""

from pathlib import Path

import pytest
from django.db import connection

from anzhi.foundation.access.exemptions import EXEMPT

pytestmark = pytest.mark.django_db
TABLES = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       EXISTS (SELECT 1 FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)
               WHERE p.polrelid = c.oid AND r.rolname = 'anzhi_app'),
       EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
               AND (p.polroles = '{0}' OR 'anzhi_app'::regrole = ANY (p.polroles))
               AND pg_get_expr(p.polqual, p.polrelid) = 'true')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND a.attname LIKE '%%region_code' AND NOT a.attisdropped
GROUP BY c.oid, c.relname ORDER BY c.relname
"""


def tables() -> dict[str, tuple[bool, bool, bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return {name: rest for name, *rest in cursor.fetchall()}


def test_every_table_with_a_region_is_closed_to_other_regions() -> None:
    open_ones = {
        name: state for name, state in tables().items() if name not in EXEMPT and state != [True, True, True, False]
    }
    assert open_ones == {}, "add operations.RowSecurity to the migration (enabled, forced, policy, no USING (true))"


def test_exemptions_name_real_tables_with_reasons() -> None:
    found = tables()
    assert {name for name in EXEMPT if name not in found} == set()
    assert all(len(reason) > 20 for reason in EXEMPT.values())
    assert {name for name in EXEMPT if found[name][0]} == set(), "no longer exempt: take it off the list"


def test_the_column_s_collation_makes_a_prefix_an_index_range() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, data_type, character_maximum_length, collation_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name LIKE '%%region_code'"
        )
        wrong = [row for row in cursor.fetchall() if row[1:] != ("character varying", 12, "C")]
    assert wrong == []


def test_no_view_or_function_steps_round_the_policies() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm' OR relkind ="
            " 'v' AND NOT coalesce(reloptions, '{}') @> '{security_invoker=true}') AND pg_get_userbyid(relowner) ="
            " 'anzhi_owner'"
        )
        assert cursor.fetchall() == []


def test_the_application_may_not_become_another_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER')"
        )
        assert cursor.fetchall() == []


def test_the_exemptions_stand_in_the_documentation() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs/apps/access.md").read_text()
    assert [name for name, reason in EXEMPT.items() if f"| `{name}` | {reason} |" not in page] == []
