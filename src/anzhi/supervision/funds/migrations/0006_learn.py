"""The application may let the planner learn, which is the owner's to do; it may not do so with any other table."""

from django.db import migrations

TABLES = "funds_transaction, funds_accountday, funds_statement, funds_match, plans_allocation"


class Migration(migrations.Migration):
    dependencies = [("funds", "0005_named_parents"), ("plans", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"""
            CREATE FUNCTION funds_learn() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = public, pg_temp SET default_statistics_target = 30 AS $$ BEGIN ANALYZE {TABLES}; END $$
            """,
            "DROP FUNCTION funds_learn()",
        )
    ]
