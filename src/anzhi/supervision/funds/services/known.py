"""Which registered account a number in a file means."""

from dataclasses import dataclass
from datetime import date

from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.numbers import index_of
from anzhi.supervision.funds.states import AccountStatus

CHOSEN = "9" * 30
"""What a reader is told in place of an account number, where the person who brings the file chose the account."""


@dataclass(frozen=True)
class Known:
    """What an import must know of an account."""

    pk: int
    region_code: str
    closed_on: date | None


class KnownAccounts:
    """Finds accounts by number, each number once; `within` is the area of the person who brought the file."""

    def __init__(self, mapping: str, within: str, chosen: SupervisedAccount | None = None) -> None:
        self.mapping, self.within = mapping, within
        self.found: dict[str, Known | str] = {CHOSEN: _known(chosen)} if chosen else {}

    def find(self, number: str) -> Known | str:
        """The account, or the code of the reason why there is none."""
        try:
            return self.found[number]
        except KeyError:
            self.found[number] = self._look(number)
            return self.found[number]

    @property
    def regions(self) -> frozenset[str]:
        """Where the accounts found lie; none where some number means no account: its owner is not known."""
        found = self.found.values()
        known = frozenset(account.region_code for account in found if isinstance(account, Known))
        return known if all(isinstance(account, Known) for account in found) else frozenset()

    def _look(self, number: str) -> Known | str:
        rows = SupervisedAccount.objects.filter(number_index=index_of(number)).select_related("bank")
        accounts = [row for row in rows.within(self.within) if number]
        if len(accounts) > 1:
            accounts = [row for row in accounts if self.mapping in (row.bank_id, row.bank.mapping)] or accounts
        if len(accounts) > 1:
            return "account.ambiguous"
        if not accounts:
            return "account.unknown"
        return _known(accounts[0])


def _known(account: SupervisedAccount) -> Known | str:
    if account.status == AccountStatus.FILED:
        return "account.unconfirmed"
    return Known(account.pk, account.region_code, account.closed_on)
