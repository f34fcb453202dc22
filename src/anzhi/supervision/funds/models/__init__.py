"""Banks, supervised accounts, statement files, and the transactions in them."""

from anzhi.supervision.funds.models.accounts import Bank, SupervisedAccount
from anzhi.supervision.funds.models.days import AccountDay
from anzhi.supervision.funds.models.matches import Match
from anzhi.supervision.funds.models.statements import Statement, StatementFile
from anzhi.supervision.funds.models.transactions import EntryDetail, Transaction

__all__ = [
    "AccountDay",
    "Bank",
    "EntryDetail",
    "Match",
    "Statement",
    "StatementFile",
    "SupervisedAccount",
    "Transaction",
]
