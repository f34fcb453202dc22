"""How search finds accounts: by name, bank and the last four digits."""

from collections.abc import Iterator

from django.urls import reverse

from anzhi.foundation.search.registry import Found
from anzhi.supervision.funds.models import SupervisedAccount

KIND = "account"


def found(account: SupervisedAccount) -> Found:
    """One account as search shows it."""
    return Found(
        object_id=str(account.pk),
        region_code=account.region_code,
        title=account.name,
        url=reverse("funds:account", args=[account.pk]),
        note=f"{account.bank.short_name} {account.number_mask}",
        text=f"{account.bank.name} {account.branch} {account.number_mask[-4:]}",
    )


def all_accounts() -> Iterator[Found]:
    """Every account, for the nightly rebuild."""
    return map(found, SupervisedAccount.objects.select_related("bank").order_by("pk"))
