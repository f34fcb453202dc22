"""A match knows its account, so that the rules find what arrived in an account without reading its rows."""

import django.db.models.deletion
from django.db import migrations, models

ADD = """
ALTER TABLE funds_match ADD COLUMN account_id bigint;
UPDATE funds_match m SET account_id = t.account_id FROM funds_transaction t WHERE t.id = m.transaction_id;
ALTER TABLE funds_match ALTER COLUMN account_id SET NOT NULL, ADD CONSTRAINT funds_match_account
  FOREIGN KEY (account_id) REFERENCES funds_supervisedaccount (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX funds_match_account_id ON funds_match (account_id);
"""


class Migration(migrations.Migration):
    dependencies = [("funds", "0003_filing")]

    operations = [
        migrations.RunSQL(
            ADD,
            "ALTER TABLE funds_match DROP COLUMN account_id",
            state_operations=[
                migrations.AddField(
                    model_name="match",
                    name="account",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funds.supervisedaccount"
                    ),
                    preserve_default=False,
                )
            ],
        )
    ]
