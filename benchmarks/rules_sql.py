"""The two rules as a person would write them for DuckDB by hand: the floor of `bench rules`.

Names in braces are the limits of the rule; `{as_of}` is the day.
"""

IDLE_FUND = """
WITH outflow AS (
  SELECT account_id, sum(fen) AS outflow FROM rule_entry WHERE NOT credit AND booked <= DATE '{as_of}' GROUP BY 1
), lot AS (
  SELECT id, account_id, booked, fen,
    sum(fen) OVER (PARTITION BY account_id ORDER BY booked, id ROWS UNBOUNDED PRECEDING) AS running
  FROM rule_entry WHERE credit AND booked <= DATE '{as_of}'
), arrival AS (
  SELECT lot.id, a.region_code, a.agency_id, lot.account_id, m.allocation_id, lot.fen AS arrived,
    greatest(lot.booked, l.issued_on) AS since, least(DATE '{as_of}', a.covered_until) AS until,
    greatest(least(coalesce(o.outflow, 0) - a.opening - (lot.running - lot.fen), lot.fen), 0) AS spent
  FROM lot JOIN rule_match m ON m.entry_id = lot.id JOIN rule_leg l USING (allocation_id)
  JOIN rule_account a ON a.account_id = lot.account_id LEFT JOIN outflow o ON o.account_id = lot.account_id
), judged AS (
  SELECT *, until - since AS days, arrived - spent AS fen FROM arrival
  WHERE spent * 1000 < arrived * {share} AND arrived - spent >= {amount}
)
SELECT 'entry:' || id AS subject, region_code,
  CASE WHEN days >= {red_days} OR (days >= {red_large_days} AND fen >= {red_large_amount}) THEN 'red'
       WHEN days >= {yellow_days} THEN 'yellow' ELSE 'blue' END AS level,
  agency_id, account_id, id AS entry_id, allocation_id, since, until, days, arrived, spent, fen
FROM judged
WHERE days >= least({blue_days}, {yellow_days}, {red_days})
   OR (days >= {red_large_days} AND fen >= {red_large_amount})
ORDER BY subject
"""
TRANSFER_LATE = """
WITH moved AS (
  SELECT m.allocation_id, sum(m.fen) FILTER (WHERE e.credit) AS arrived, sum(m.fen) FILTER (WHERE NOT e.credit) AS sent
  FROM rule_match m JOIN rule_entry e ON e.id = m.entry_id WHERE e.booked <= DATE '{as_of}' GROUP BY 1
), leg AS (
  SELECT l.*, coalesce(v.arrived, 0) AS got, coalesce(v.sent, 0) AS gone,
    greatest(l.fen - coalesce(v.arrived, 0), 0) AS missing, least(DATE '{as_of}', l.covered_until) - l.due_on AS past
  FROM rule_leg l LEFT JOIN moved v USING (allocation_id) WHERE l.issued_on <= DATE '{as_of}'
), document AS (
  SELECT from_agency_id AS agency_id, from_region AS region_code, fund_type, document_key,
    coalesce(max(past) FILTER (WHERE missing > 0 AND past >= 1), 0) AS days,
    coalesce(sum(missing) FILTER (WHERE missing > 0 AND past >= 1), 0) AS fen,
    sum(missing) AS missing, sum(fen) AS total, sum(got) AS arrived,
    count(*) FILTER (WHERE missing > 0 AND past >= 1) AS legs, count(*) AS all_legs,
    min(due_on) FILTER (WHERE missing > 0) AS since, min(least(DATE '{as_of}', covered_until)) AS until,
    min(-past) FILTER (WHERE missing > 0 AND gone = 0 AND past < 1) AS due_in, min(allocation_id) AS allocation_id
  FROM leg GROUP BY ALL
), judged AS (
  SELECT *,
    CASE WHEN days >= {red_days} OR (days >= {amount_days} AND fen >= {red_amount}) THEN 'red'
         WHEN days >= {yellow_days} OR (days >= {amount_days} AND fen >= {yellow_amount}) THEN 'yellow'
         WHEN days >= {blue_days} OR due_in <= {blue_before} THEN 'blue' END AS level
  FROM document
)
SELECT *, 'document:' || agency_id || ':' || fund_type || ':' || document_key AS subject
FROM judged WHERE level IS NOT NULL ORDER BY subject
"""
