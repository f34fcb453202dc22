"""The river of an allocation as a column of its own, worked out by the database; no write without an action."""

from django.db import migrations, models

from anzhi.foundation.access.operations import Guarded


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='allocation',
            name='river',
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(fund_type__in=['compensation', 'reservoir_fund', 'other'], then=models.Value('resettlement')),
                    models.When(fund_type__in=['support_direct', 'support_project'], then=models.Value('support')),
                ),
                output_field=models.CharField(max_length=12),
            ),
        ),
        Guarded("plans_planfile"),
        Guarded("plans_planline"),
        Guarded("plans_allocation"),
    ]
