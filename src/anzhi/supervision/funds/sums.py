"""The total row of bank rows: both sides, counted."""

from django.utils.translation import gettext as _

from anzhi.foundation.money import formats
from anzhi.foundation.web.tables import Totals
from anzhi.supervision.funds import queries, tables


def sides(moved: queries.Moved) -> Totals:
    """The total row of bank rows."""
    label = _("Total %(rows)s: %(rows_in)s in, %(rows_out)s out") % {
        "rows": formats.figure(moved.rows, 0),
        "rows_in": formats.figure(moved.rows_in, 0),
        "rows_out": formats.figure(moved.rows_out, 0),
    }
    return Totals(moved.rows, {"amount": tables.Sides.of(moved)}, label)
