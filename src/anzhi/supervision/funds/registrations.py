"""What funds hands to the registries below it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.live import registry as live
from anzhi.foundation.search import registry as search
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.supervision.funds import queries

live.topic("funds.imported", Permission.STATEMENT_VIEW)
live.topic("funds.refused", Permission.STATEMENT_VIEW)

FUNDS = _("Funds")
register(
    NavEntry(
        "supervision",
        FUNDS,
        _("Supervised accounts"),
        "funds:accounts",
        "building-bank",
        Permission.FUND_ACCOUNT_VIEW,
        count=queries.account_count,
        order=10,
    )
)
register(
    NavEntry(
        "supervision",
        FUNDS,
        _("Transactions"),
        "funds:transactions",
        "arrows-exchange",
        Permission.TRANSACTION_VIEW,
        order=11,
    )
)
register(
    NavEntry(
        "supervision",
        FUNDS,
        _("Statement files"),
        "funds:files",
        "file-import",
        Permission.STATEMENT_VIEW,
        count=queries.files_in_trouble,
        order=12,
    )
)
register(NavEntry("supervision", FUNDS, _("Banks"), "funds:banks", "building", Permission.FUND_ACCOUNT_VIEW, order=13))


def found_accounts() -> Iterator[search.Found]:
    """Accounts as search finds them: by name, bank and the last four digits."""
    for row in queries.all_accounts():
        yield search.Found(
            object_id=str(row.pk),
            region_code=row.region_code,
            title=row.name,
            url=reverse("funds:account", args=[row.pk]),
            note=f"{row.bank.short_name} {row.number_mask}",
            text=f"{row.bank.name} {row.branch} {row.number_mask[-4:]}",
        )


search.register(
    "account",
    label=_("Supervised account"),
    icon="building-bank",
    permission=Permission.FUND_ACCOUNT_VIEW,
    rows=found_accounts,
)
