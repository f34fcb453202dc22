"""Rules read an allocation's river where it stands; accounts to be confirmed are not waited for."""

from django.db import migrations

from anzhi.foundation.access.operations import Guarded

LEG = """
CREATE OR REPLACE VIEW rule_leg WITH (security_invoker = true) AS
  SELECT al.id AS allocation_id, al.document_key, al.from_agency_id, al.from_region, al.fund_type, al.amount AS fen,
         al.issued_on, al.due_on,
         coalesce((
           SELECT min(coalesce(a.covered_until, DATE '1970-01-01')) FROM funds_supervisedaccount a
           WHERE a.agency_id = al.from_agency_id AND {watched} AND {river} = ANY(a.rivers)
         ), DATE '1970-01-01') AS covered_until
  FROM plans_allocation al WHERE al.state <> 'cancelled';
"""
NOW = LEG.format(watched="a.status IN ('open', 'suspended')", river="al.river")
BEFORE = LEG.format(
    watched="a.status <> 'closed'",
    river="(CASE WHEN al.fund_type LIKE 'support%' THEN 'support' ELSE 'resettlement' END)",
)


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0002_draft'),
        ('funds', '0003_filing'),
        ('plans', '0002_river'),
    ]

    operations = [
        migrations.RunSQL(NOW, BEFORE),
        Guarded("alerts_ruleversion"),
    ]
