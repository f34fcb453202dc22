"""What funds hands to the registries below it."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.live import registry as live
from anzhi.foundation.search import registry as search
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.supervision.funds import finding, hooks, indicators, panels, queries

live.topic("funds.imported", Permission.STATEMENT_VIEW)
live.topic("funds.refused", Permission.STATEMENT_VIEW)
hooks.after_import(indicators.follow, order=90)
indicators.define()
panels.define()

FUNDS = _("Funds")
register(
    NavEntry(
        "supervision",
        FUNDS,
        _("Supervised accounts"),
        "funds:accounts",
        "building-bank",
        Permission.FUND_ACCOUNT_VIEW,
        count=queries.accounts_in_use,
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


search.register(
    finding.KIND,
    label=_("Supervised account"),
    icon="building-bank",
    permission=Permission.FUND_ACCOUNT_VIEW,
    rows=finding.all_accounts,
)
