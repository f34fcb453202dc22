"""Rules look at the sums of days, at the account of a match, and once at what covers an allocation's sender."""

from django.db import migrations

VIEWS = """
CREATE VIEW rule_day WITH (security_invoker = true) AS
  SELECT account_id, day, money_in, money_out FROM funds_accountday;
CREATE OR REPLACE VIEW rule_match WITH (security_invoker = true) AS
  SELECT transaction_id AS entry_id, allocation_id, amount AS fen, account_id FROM funds_match;
CREATE OR REPLACE VIEW rule_leg WITH (security_invoker = true) AS
  SELECT al.id AS allocation_id, al.document_key, al.from_agency_id, al.from_region, al.fund_type, al.amount AS fen,
         al.issued_on, al.due_on, coalesce(told.until, DATE '1970-01-01') AS covered_until
  FROM plans_allocation al
  LEFT JOIN LATERAL (
    SELECT min(coalesce(a.covered_until, DATE '1970-01-01')) AS until FROM funds_supervisedaccount a
    WHERE a.agency_id = al.from_agency_id AND a.status IN ('open', 'suspended') AND al.river = ANY(a.rivers)) told
    ON true
  WHERE al.state <> 'cancelled';
"""
BACK = """
DROP VIEW rule_day, rule_match;
CREATE VIEW rule_match WITH (security_invoker = true) AS
  SELECT transaction_id AS entry_id, allocation_id, amount AS fen FROM funds_match;
"""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0003_rivers"), ("funds", "0004_match_account")]

    operations = [migrations.RunSQL(VIEWS, BACK)]
