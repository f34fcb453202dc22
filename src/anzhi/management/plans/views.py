"""Pages of plans: allocations from tier to tier, and what of them arrived."""

from functools import cached_property

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.tables import Totals
from anzhi.management.plans import queries
from anzhi.management.plans.tables import AllocationFilters, AllocationTable


class AllocationList(ListPage):
    """Allocations that leave or enter the area; `sent` and `arrived` follow the bank rows matched to them."""

    permission = Permission.ALLOCATION_VIEW
    title = _("Allocations")
    rows = queries.allocations
    table, filters = AllocationTable, AllocationFilters
    counted = ngettext_lazy("%(n)s allocation", "%(n)s allocations", "count")
    empty = (_("No allocation yet"), _("Allocations appear when their sheet is taken over."))

    @cached_property
    def summed(self) -> Totals:
        """Amount, arrived, and the difference."""
        found = self.filtered.order_by().aggregate(n=Count("pk"), amount=Sum("amount"), arrived=Sum("arrived"))
        amount, arrived = found["amount"] or 0, found["arrived"] or 0
        return Totals(found["n"], {"amount": amount, "arrived": arrived, "lacking": amount - arrived})
