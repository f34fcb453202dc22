"""Migration operations: row-level security, and tables that can only grow."""

from django.db.migrations.operations import RunSQL

APP_ROLE, OWNER_ROLE = "anzhi_app", "anzhi_owner"
LOW = "nullif(current_setting('app.region_lo', true), '')"
HIGH = "nullif(current_setting('app.region_hi', true), '')"


def inside(column: str) -> str:
    """The SQL condition that a column lies in the bound scope. An unset scope is NULL: no row."""
    return f"({column} >= {LOW} AND {column} < {HIGH})"


class RowSecurity(RunSQL):
    """Let the application role see and write only rows of its scope, also when a query forgets to ask.

    `columns`: a row is visible when any of them lies inside. `insert`: "scope" (default) or "any"
    for logs that must record acts on rows elsewhere.
    """

    def __init__(self, table: str, columns: tuple[str, ...] = ("region_code",), insert: str = "scope") -> None:
        self.table, self.columns, self.insert = table, columns, insert
        seen = " OR ".join(inside(column) for column in columns)
        check = "true" if insert == "any" else seen
        super().__init__(
            f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            CREATE POLICY scope_rows ON {table} TO {APP_ROLE} USING ({seen}) WITH CHECK ({check});
            CREATE POLICY owner_rows ON {table} TO {OWNER_ROLE} USING (true) WITH CHECK (true);
            """,
            f"""
            DROP POLICY scope_rows ON {table};
            DROP POLICY owner_rows ON {table};
            ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
            """,
        )

    def deconstruct(self) -> tuple[str, list, dict]:
        """The three arguments."""
        return (type(self).__name__, [], {"table": self.table, "columns": self.columns, "insert": self.insert})


class SharedRows(RunSQL):
    """Beside `RowSecurity`: rows that `condition` (SQL; `%(low)s`, `%(high)s` are the scope's ends) may be read too.

    Only read: writing stays with the scope the row lies in.
    """

    def __init__(self, table: str, condition: str) -> None:
        self.table, self.condition = table, condition
        seen = condition % {"low": LOW, "high": HIGH}
        super().__init__(
            f"CREATE POLICY shared_rows ON {table} FOR SELECT TO {APP_ROLE} USING ({seen});",
            f"DROP POLICY shared_rows ON {table};",
        )

    def deconstruct(self) -> tuple[str, list, dict]:
        """The table and the condition."""
        return (type(self).__name__, [], {"table": self.table, "condition": self.condition})


class AppendOnly(RunSQL):
    """Take UPDATE, DELETE and TRUNCATE away from the application role, and refuse them to the owner too."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            f"""
            REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE};
            CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$;
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
            """,
            f"DROP TRIGGER append_only ON {table}; GRANT UPDATE, DELETE ON {table} TO {APP_ROLE};",
        )

    def deconstruct(self) -> tuple[str, list, dict]:
        """The table."""
        return (type(self).__name__, [], {"table": self.table})


class Named(RunSQL):
    """Keep a row of `table` as long as others name it: the parent's half of a foreign key.

    Its children are not checked one by one.

    `by` are the children's tables and columns. Whoever writes children must hold their parents locked.
    """

    def __init__(self, table: str, by: tuple[tuple[str, str], ...]) -> None:
        self.table, self.by = table, by
        named = " OR ".join(f"EXISTS (SELECT FROM {child} WHERE {column} = OLD.id)" for child, column in by)
        refusal = f"RAISE EXCEPTION 'a row of {table} is named by others' USING ERRCODE = 'restrict_violation'"
        super().__init__(
            f"""
            CREATE FUNCTION {table}_named() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = public, pg_temp AS $$ BEGIN IF {named} THEN {refusal}; END IF; RETURN NULL; END $$;
            CREATE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refusal}; END $$;
            CREATE TRIGGER named AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_named();
            CREATE TRIGGER fixed BEFORE TRUNCATE OR UPDATE OF id ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION {table}_fixed();
            """,
            f"DROP TRIGGER named ON {table}; DROP TRIGGER fixed ON {table};"
            f"DROP FUNCTION {table}_named(); DROP FUNCTION {table}_fixed();",
        )

    def deconstruct(self) -> tuple[str, list, dict]:
        """The table and its children."""
        return (type(self).__name__, [], {"table": self.table, "by": self.by})


class Guarded(RunSQL):
    """Refuse every write outside `audit.action`, by whatever road it comes.

    The action travels in a transaction-local setting; after its transaction the setting reads '', not NULL.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            f"""
            CREATE OR REPLACE FUNCTION refuse_without_action() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN
                IF nullif(current_setting('app.action', true), '') IS NULL THEN
                  RAISE EXCEPTION 'a write to % needs an action', TG_TABLE_NAME
                    USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NULL;
              END $$;
            CREATE TRIGGER guarded BEFORE INSERT OR UPDATE OR DELETE ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_action();
            """,
            f"DROP TRIGGER guarded ON {table};",
        )

    def deconstruct(self) -> tuple[str, list, dict]:
        """The table."""
        return (type(self).__name__, [], {"table": self.table})


class WritesOnly(RunSQL):
    """Let the application role fill only these columns of new rows; the database fills the others."""

    def __init__(self, table: str, columns: tuple[str, ...]) -> None:
        self.table, self.columns = table, columns
        super().__init__(
            f"REVOKE INSERT ON {table} FROM {APP_ROLE}; GRANT INSERT ({', '.join(columns)}) ON {table} TO {APP_ROLE};",
            f"GRANT INSERT ON {table} TO {APP_ROLE};",
        )

    def deconstruct(self) -> tuple[str, list, dict]:
        """The table and its columns."""
        return (type(self).__name__, [], {"table": self.table, "columns": self.columns})
