"""What budgets hand to the registries below."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.management.budgets import queries

OFFICE = _("The office's own money")
register(NavEntry("management", OFFICE, _("Budgets"), "budgets:index", "calculator", Permission.BUDGET_VIEW, order=20))
register(
    NavEntry(
        "management",
        OFFICE,
        _("Requests to spend"),
        "budgets:expenses",
        "receipt-yuan",
        Permission.BUDGET_VIEW,
        count=queries.waiting,
        order=21,
    )
)
