"""Balances, coverage, and whether the chain of balances holds, for the accounts of a file."""

from collections import defaultdict
from typing import Any

from django.db import connection

from anzhi.foundation.money.field import to_fen
from anzhi.supervision.funds.models import Statement, StatementFile, SupervisedAccount
from anzhi.supervision.funds.numbers import mask_of
from anzhi.supervision.funds.refusals import ImportRefused, reason
from anzhi.supervision.funds.services.staging import Framed, Staged

FINAL = ("camt.053", "mt940", "csv", "xls", "xlsx")
"""Kinds that close a day; the others tell what happened so far, or single movements."""

# A statement is broken off when an earlier one exists and nothing that ends between them closes at its opening.
# Inside a longer statement that began before, it cannot be judged and holds.
CHAIN = """
WITH judged AS (
  SELECT s.id, s.expected, s.opening, p.closing AS before, EXISTS (
      SELECT 1 FROM funds_statement c WHERE c.account_id = s.account_id AND c.id <> s.id AND (
        (c.closing = s.opening AND c.to_date BETWEEN p.to_date AND s.from_date)
        OR (c.from_date < s.from_date AND c.to_date >= s.from_date))) AS holds
  FROM funds_statement s CROSS JOIN LATERAL (
    SELECT closing, to_date FROM funds_statement p
    WHERE p.account_id = s.account_id AND p.id <> s.id AND p.closing IS NOT NULL
      AND p.to_date < s.from_date
    ORDER BY p.to_date DESC, p.from_date DESC, p.id DESC LIMIT 1) p
  WHERE s.account_id = ANY(%(accounts)s) AND s.opening IS NOT NULL
)
UPDATE funds_statement s SET expected = CASE WHEN j.holds THEN NULL ELSE j.before END
FROM judged j WHERE j.id = s.id AND s.expected IS DISTINCT FROM CASE WHEN j.holds THEN NULL ELSE j.before END
"""
BROKEN = """
UPDATE funds_supervisedaccount a SET broken_chains = (
  SELECT count(*) FROM funds_statement s WHERE s.account_id = a.id AND s.expected IS NOT NULL)
WHERE a.id = ANY(%(accounts)s)
"""
FORWARD = """
UPDATE funds_supervisedaccount a
SET covered_until = k.until, balance = k.fen, balance_at = k.at, updated_at = now()
FROM unnest(%(ids)s::bigint[], %(until)s::date[], %(fen)s::bigint[], %(at)s::date[]) AS k (id, until, fen, at)
WHERE a.id = k.id
"""


def lock(staged: Staged) -> list[SupervisedAccount]:
    """Hold the file's accounts until the end, always in the same order: two importers wait, never deadlock.

    Held accounts stay: rows may name them. Raises ImportRefused where one was withdrawn a moment ago.
    """
    frames = {frame.account.pk: frame for frame in staged.frames}
    found = list(SupervisedAccount.objects.select_for_update(no_key=True).filter(pk__in=frames).order_by("pk"))
    if gone := frames.keys() - {account.pk for account in found}:
        lost = [frames[pk].statement for pk in sorted(gone)]
        raise ImportRefused([reason("account.unknown", one.number, account=mask_of(one.account)) for one in lost])
    return found


def cover(file: StatementFile, staged: Staged, accounts: list[SupervisedAccount]) -> None:
    """Store the statements, move balances and coverage forward, judge the chain again."""
    Statement.objects.bulk_create([_statement(file, frame) for frame in staged.frames], batch_size=1000)
    _forward(staged, accounts)
    values = {"accounts": sorted({frame.account.pk for frame in staged.frames})}
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, values)
        cursor.execute(BROKEN, values)


def _forward(staged: Staged, accounts: list[SupervisedAccount]) -> None:
    final = staged.kind in FINAL
    frames: dict[int, list[Framed]] = defaultdict(list)
    for frame in staged.frames:
        frames[frame.account.pk].append(frame)
    for account in accounts:
        for frame in frames[account.pk]:
            _move(account, frame, final)
    values: dict[str, list[Any]] = {
        "ids": [account.pk for account in accounts],
        "until": [account.covered_until for account in accounts],
        "fen": [None if account.balance is None else to_fen(account.balance) for account in accounts],
        "at": [account.balance_at for account in accounts],
    }
    with connection.cursor() as cursor:
        cursor.execute(FORWARD, values)


def _move(account: SupervisedAccount, frame: Framed, final: bool) -> None:
    until, closing = frame.until, frame.statement.closing
    if until is None:
        return
    if final and (account.covered_until is None or until > account.covered_until):
        account.covered_until = until
    if closing is not None and (account.balance_at is None or until >= account.balance_at):
        account.balance, account.balance_at = closing, until


def _statement(file: StatementFile, frame: Framed) -> Statement:
    known = frame.statement
    return Statement(
        file=file,
        account_id=frame.account.pk,
        region_code=frame.account.region_code,
        ordinal=known.ordinal,
        number=known.number[:60],
        sequence=known.sequence,
        from_date=frame.since,
        to_date=frame.until,
        opening=known.opening,
        closing=known.closing,
        entries=frame.sums.entries if frame.sums else 0,
    )
