"""The rows of an act written by hand, and worlds of cases made by set-based SQL."""

import json

import psycopg

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.workflow.models import Task

LOCK = "SELECT version, entries, head FROM workflow_case WHERE id = %s FOR UPDATE"
LOOK = "SELECT * FROM workflow_task WHERE id = %s"
HOLDERS = """
SELECT p.user_id FROM accounts_post p JOIN accounts_grant g ON g.user_id = p.user_id AND g.agency_id = p.agency_id
JOIN accounts_agency a ON a.id = p.agency_id
WHERE a.region_code = '532300000000' AND g.role = 'officer' AND g.to_on IS NULL AND p.to_on IS NULL
"""
DONE = """
UPDATE workflow_task SET state = 'done', outcome = 'pass', done_at = now(), done_by = %s, doer_id = %s WHERE id = %s
"""
LEFT = "UPDATE workflow_visit SET state = 'passed', outcome = 'pass', left_at = now() WHERE id = %s"
STOPPED = "UPDATE workflow_clock SET stopped_at = now(), next_at = NULL WHERE visit_id = %s"
HAND = """
INSERT INTO workflow_hand (case_id, region_code, user_id, step, duty) VALUES (%s, %s, %s, 'check', 'review')
ON CONFLICT DO NOTHING
"""
PARTY = "INSERT INTO workflow_party (case_id, region_code) VALUES (%s, '532300000000') ON CONFLICT DO NOTHING"
VISIT = """
INSERT INTO workflow_visit (case_id, region_code, step, round, state, outcome, need, jumps, cause_id, waiting,
  entered_at)
VALUES (%s, %s, 'review', 1, 'open', '', '', '[]', %s, 0, now()) RETURNING id
"""
CLOCK = """
INSERT INTO workflow_clock (case_id, region_code, visit_id, kind, "limit", unit, basis, started_at, due_at, mark,
  next_at, provisional) VALUES (%s, %s, %s, 'step', 10, 'working', '', now(), now() + interval '14 days', 0,
  now() + interval '7 days', false)
"""
TASK = """
INSERT INTO workflow_task (case_id, visit_id, region_code, desk_region, step, step_name, kind, state, position,
  agency_id, role, queued, bulk, side, came_from, why, due_at, created_at, opened_by, urges, outcome, opinion, done_by)
VALUES (%s, %s, %s, '532300000000', 'review', 'review', 'do', 'open', 0, %s, 'officer', false, false, '', '', %s,
  now() + interval '14 days', now(), '', 0, '', '', '')
"""
LOG = """
INSERT INTO workflow_logentry (case_id, region_code, number, at, act, step, step_name, round, task_id, actor_id,
  actor_label, actor_agency, behalf_label, opinion, detail, hash)
VALUES (%(case)s, %(region)s, %(number)s + 1, now(), 'pass', 'check', 'check', 1, %(task)s, %(who)s, 'checker', '',
  '', '', '{}', %(hash)s), (%(case)s, %(region)s, %(number)s + 2, now(), 'sent', 'review', 'review', 1, NULL, %(who)s,
  'checker', '', '', '', '{}', %(hash)s)
"""
MOVED = "UPDATE workflow_case SET version = version + 1, entries = entries + 2, head = %s WHERE id = %s"
RECEIPT = "INSERT INTO workflow_receipt (actor_id, key, digest, answer) VALUES (%s, %s, %s, %s)"
EVENT = """
INSERT INTO audit_event (name, actor_id, actor_label, actor_agency, subject_type, subject_id, subject_label,
  region_code, facts) VALUES ('case.pass', %s, 'checker', '', 'workflow.case', %s, '', %s, '{}')
"""
TOLD = """
WITH number AS (INSERT INTO live_liveevent (topic, region_code, payload) VALUES ('case', %s, %s) RETURNING id)
SELECT pg_notify('live', id::text) FROM number
"""
WHY = json.dumps({"me": {"rule": "officer@parent"}, "step": [{"from": "check"}], "due": [{"limit": 10}]})


def act(bare: psycopg.Connection, row: Task, by: Actor) -> None:
    """Everything one pass changes: locked, looked up, written."""
    case, region, hash_ = row.case_id, row.region_code, b"0" * 32
    (_version, number, _head) = bare.execute(LOCK, [case]).fetchone()  # type: ignore[misc]  # it is there
    bare.execute(LOOK, [row.pk]).fetchone()
    bare.execute(HOLDERS).fetchall()
    bare.execute(DONE, [by.name, by.id, row.pk])
    bare.execute(LEFT, [row.visit_id])
    bare.execute(STOPPED, [row.visit_id])
    bare.execute(HAND, [case, region, by.id])
    (visit,) = bare.execute(VISIT, [case, region, row.visit_id]).fetchone()  # type: ignore[misc]  # returned
    bare.execute(CLOCK, [case, region, visit])
    bare.execute(TASK, [case, visit, region, row.agency_id, WHY])
    bare.execute(PARTY, [case])
    said = {"case": case, "region": region, "number": number, "task": row.pk, "who": by.id, "hash": hash_}
    bare.execute(LOG, said)
    bare.execute(MOVED, [hash_, case])
    bare.execute(RECEIPT, [by.id, f"h{row.pk}", hash_, "{}"])
    bare.execute(EVENT, [by.id, str(case), region])
    bare.execute(TOLD, [region, "{}"])


def lengthened(owner: psycopg.Connection, case: int, steps: int) -> None:
    """Give a case a long past: rounds, handled tasks and log entries, to and fro between two steps."""
    owner.execute(
        """
        WITH past AS (
          INSERT INTO workflow_visit (case_id, region_code, step, round, state, outcome, need, jumps, waiting,
            entered_at, left_at)
          SELECT c.id, c.region_code, CASE i %% 2 WHEN 0 THEN 'check' ELSE 'review' END, 10 + i / 2,
            CASE i %% 2 WHEN 0 THEN 'passed' ELSE 'returned' END, 'pass', '', '[]', 0, now(), now()
          FROM workflow_case c, generate_series(0, %(steps)s - 1) i WHERE c.id = %(case)s
          RETURNING id, case_id, region_code, step)
        INSERT INTO workflow_task (case_id, visit_id, region_code, desk_region, step, step_name, kind, state, position,
          role, queued, bulk, side, came_from, why, created_at, opened_by, urges, outcome, opinion, done_at,
          done_by, doer_id)
        SELECT case_id, id, region_code, region_code, step, step, 'do', 'done', 0, 'officer', true, false, '', '', '{}',
          now(), '', 0, 'pass', '', now(), '', 1 FROM past
        """,
        {"case": case, "steps": steps},
    )
    owner.execute(
        """
        INSERT INTO workflow_logentry (case_id, region_code, number, at, act, step, step_name, round, actor_label,
          actor_agency, behalf_label, opinion, detail, hash)
        SELECT c.id, c.region_code, c.entries + i, now(), 'pass', 'check', '', 1, '', '', '', '', '{}', c.head
        FROM workflow_case c, generate_series(1, %(steps)s * 2) i WHERE c.id = %(case)s
        """,
        {"case": case, "steps": steps},
    )
    owner.execute("UPDATE workflow_case SET entries = entries + %s WHERE id = %s", [steps * 2, case])
    owner.execute("ANALYZE workflow_visit, workflow_task, workflow_logentry")


def opened(owner: psycopg.Connection, cases: int) -> None:
    """So many open cases at all offices, each with a task of one of four roles."""
    owner.execute(
        """
        WITH office AS (SELECT id, region_code, row_number() OVER () AS n, count(*) OVER () AS many FROM accounts_agency
          WHERE closed_on IS NULL),
        made AS (
          INSERT INTO workflow_case (definition_id, key, region_code, title, subject_type, subject_id, facts, agency_id,
            starter_id, state, version, entries, head, started_at)
          SELECT (SELECT min(id) FROM workflow_definition), 'bench', o.region_code, '量度', '', '', '{}', o.id,
            (SELECT min(id) FROM accounts_user), 'running', 1, 0, '', now()
          FROM generate_series(1, %(cases)s) i JOIN office o ON o.n = 1 + i %% o.many
          RETURNING id, region_code, agency_id),
        rounds AS (
          INSERT INTO workflow_visit (case_id, region_code, step, round, state, outcome, need, jumps, waiting,
            entered_at)
          SELECT id, region_code, 'check', 1, 'open', '', '', '[]', 0, now() FROM made
          RETURNING id, case_id, region_code)
        INSERT INTO workflow_task (case_id, visit_id, region_code, desk_region, step, step_name, kind, state, position,
          agency_id, role, queued, bulk, side, came_from, why, due_at, created_at, opened_by, urges, outcome, opinion,
          done_by)
        SELECT r.case_id, r.id, r.region_code, r.region_code, 'check', 'check', 'do', 'open', 0, m.agency_id,
          (ARRAY['fund_monitor', 'officer', 'leader', 'finance'])[1 + r.id %% 4], false, false, '', '', '{}',
          now() + (r.id %% 400) * interval '1 hour', now(), '', 0, '', '', ''
        FROM rounds r JOIN made m ON m.id = r.case_id
        """,
        {"cases": cases},
    )
    owner.execute("ANALYZE workflow_case, workflow_visit, workflow_task")
