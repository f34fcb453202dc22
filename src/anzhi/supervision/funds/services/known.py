"""Which registered account a number in a file means."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

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


class Registered(NamedTuple):
    """An account as the register has it, in the order of COLUMNS."""

    number_index: bytes
    bank: str
    mapping: str
    status: str
    pk: int
    region_code: str
    closed_on: date | None


COLUMNS = ("number_index", "bank_id", "bank__mapping", "status", "pk", "region_code", "closed_on")


class KnownAccounts:
    """Finds accounts by number, the register read once; `within` is the area of the person who brought the file."""

    def __init__(self, mapping: str, within: str, chosen: SupervisedAccount | None = None) -> None:
        self.mapping, self.within = mapping, within
        self.found: dict[str, Known | str] = {}
        if chosen:
            self.found[CHOSEN] = _known(chosen.status, chosen.pk, chosen.region_code, chosen.closed_on)

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

    @cached_property
    def register(self) -> dict[bytes, list[Registered]]:
        """All accounts of the area by the index of their number: some hundreds, fewer questions than a file has."""
        known: dict[bytes, list[Registered]] = defaultdict(list)
        for row in SupervisedAccount.objects.within(self.within).order_by("pk").values_list(*COLUMNS):
            known[bytes(row[0])].append(Registered(*row))
        return known

    def _look(self, number: str) -> Known | str:
        accounts = self.register.get(index_of(number), []) if number else []
        if len(accounts) > 1:
            accounts = [one for one in accounts if self.mapping in (one.bank, one.mapping)] or accounts
        if len(accounts) > 1:
            return "account.ambiguous"
        if not accounts:
            return "account.unknown"
        return _known(*accounts[0][3:])


def _known(status: str, pk: int, region_code: str, closed_on: date | None) -> Known | str:
    if status == AccountStatus.FILED:
        return "account.unconfirmed"
    return Known(pk, region_code, closed_on)
