"""Money on its way: offices with accounts, allocations between them, bank rows that carry them out."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from anzhi.management.plans.models import Allocation
from anzhi.management.plans.rules import normal_document
from anzhi.management.plans.states import FundType
from anzhi.supervision.funds.models import StatementFile
from anzhi.supervision.funds.readers.model import Entry
from harness.acting import acting
from harness.people import agency_at
from supervision.funds.factories import account, arrive, entry, number, statement

numbers = count(1)
TODAY = date(2026, 11, 22)
DOCUMENT = "云搬发〔2026〕63号"


class Office:
    """An office of a region with one account, whose statements can be told day by day."""

    def __init__(self, region: str, river: str = "support") -> None:
        self.agency = agency_at(region)
        self.number = number()
        self.account = account(self.number, region=region)
        self.account.rivers = [river]
        self.account.save(update_fields=["rivers"])
        self.balance = Decimal(0)
        self.covered = date(2021, 12, 31)

    def tells(self, *entries: Entry, until: date) -> StatementFile:
        """A statement from the day after the last one to `until`, with these entries."""
        start, self.covered = self.covered + timedelta(days=1), until
        events = statement(self.number, *entries, opening=str(self.balance), from_date=start, to_date=until)
        self.balance += sum((one.signed for one in entries), Decimal(0))
        return arrive(events, note=f"{self.number}{until}{len(entries)}")


def pays(to: Office, amount: str, on: date, text: str = "") -> Entry:
    """The sender's row of a transfer."""
    return entry(f"-{amount}", on=on, text=text, counter_account=to.number, counter_name="", ref=f"P{next(numbers)}")


def gets(sender: Office | None, amount: str, on: date, text: str = "") -> Entry:
    """The receiver's row of a transfer."""
    account_number = sender.number if sender else "9999000011112222"
    return entry(
        f"+{amount}", on=on, text=text, counter_account=account_number, counter_name="", ref=f"G{next(numbers)}"
    )


def spends(amount: str, on: date) -> Entry:
    """A payment to somebody outside."""
    return entry(f"-{amount}", on=on, ref=f"S{next(numbers)}")


def allocation(
    sender: Office, receiver: Office, amount: str, *, issued: date, due: date | None = None, document: str = DOCUMENT
) -> Allocation:
    """Money passed on by a document."""
    with acting():
        return Allocation.objects.create(
            number=f"A-{next(numbers)}",
            from_agency=sender.agency,
            to_agency=receiver.agency,
            from_region=sender.agency.region_code,
            to_region=receiver.agency.region_code,
            fund_type=FundType.SUPPORT_PROJECT,
            document=document,
            document_key=normal_document(document),
            amount=Decimal(amount),
            issued_on=issued,
            due_on=due or issued + timedelta(days=30),
        )
