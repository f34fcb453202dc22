"""Accounts carry rivers, not kinds of funds; who filed and who confirmed them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0002_match'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='supervisedaccount', name='account_has_fund_type'),
        migrations.RenameField(model_name='supervisedaccount', old_name='fund_types', new_name='rivers'),
        migrations.AddField(
            model_name='supervisedaccount', name='filed_by', field=models.CharField(blank=True, default='', max_length=120), preserve_default=False
        ),
        migrations.AddField(model_name='supervisedaccount', name='filed_by_id', field=models.BigIntegerField(null=True)),
        migrations.AddField(
            model_name='supervisedaccount', name='approved_by', field=models.CharField(blank=True, default='', max_length=120), preserve_default=False
        ),
        migrations.AddField(model_name='supervisedaccount', name='approved_by_id', field=models.BigIntegerField(null=True)),
        migrations.AlterField(
            model_name='supervisedaccount',
            name='status',
            field=models.CharField(choices=[('filed', 'To be confirmed'), ('open', 'In use'), ('suspended', 'Suspended'), ('closed', 'Closed')], default='filed', max_length=10),
        ),
        migrations.RunSQL(
            "UPDATE funds_supervisedaccount SET approved_on = coalesce(filed_on, opened_on) WHERE approved_on IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='supervisedaccount',
            constraint=models.CheckConstraint(condition=models.Q(('rivers__len__gt', 0)), name='account_has_river', violation_error_message='Name at least one type of fund.'),
        ),
        migrations.AddConstraint(
            model_name='supervisedaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_on', None), ('status', 'filed')), models.Q(models.Q(('status', 'filed'), _negated=True), ('approved_on__isnull', False)), _connector='OR'), name='account_in_use_is_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='supervisedaccount',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by_id', None), models.Q(('approved_by_id', models.F('filed_by_id')), _negated=True), _connector='OR'), name='account_confirmed_by_another', violation_error_message='Another person must confirm the account you filed.'),
        ),
    ]
