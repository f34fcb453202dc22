"""Bank rows and their days trust accounts and files that stay as long as they are named, in place of a check for each row."""

import django.db.models.deletion
from django.db import migrations, models

from anzhi.foundation.access.operations import Named


def _parent(to: str, name: str) -> models.ForeignKey:
    kind = django.db.models.deletion.PROTECT
    return models.ForeignKey(db_constraint=False, db_index=False, on_delete=kind, related_name=name, to=to)


class Migration(migrations.Migration):
    dependencies = [("funds", "0004_match_account")]

    operations = [
        Named("funds_supervisedaccount", (("funds_transaction", "account_id"), ("funds_accountday", "account_id"))),
        Named("funds_statementfile", (("funds_transaction", "file_id"),)),
        migrations.AlterField("transaction", "account", _parent("funds.supervisedaccount", "transactions")),
        migrations.AlterField("transaction", "file", _parent("funds.statementfile", "transactions")),
        migrations.AlterField("accountday", "account", _parent("funds.supervisedaccount", "days")),
    ]
