"""How figures are counted and said: yuan in 亿元 and 万元, people, pieces, megawatts. Values are whole numbers."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.foundation.money import formats
from anzhi.foundation.money.field import to_yuan
from anzhi.foundation.web import words


@dataclass(frozen=True)
class Unit:
    """`scale`: how many stored units make one that is shown."""

    code: str
    label: Any
    scale: int = 1

    def show(self, value: int | None) -> tuple[str, str]:
        """Figure and unit; nothing known is no zero."""
        if value is None:
            return str(_("unknown")), ""
        if self.code == "yuan":
            return words.short_money(to_yuan(value))
        if self.code == "people" and abs(value) >= 100_000:
            return formats.figure(Decimal(value) / 10_000, 2), str(_("10k people"))
        return formats.figure(Decimal(value) / self.scale, 0), str(self.label)

    def brief(self, value: int) -> str:
        """Figure and unit in one word, short enough for a map: 6.8亿, 2,018万."""
        if self.code != "yuan":
            return "".join(self.show(value))
        yuan = to_yuan(value)
        if formats.short(yuan, 0)[1] == "亿元":  # what would be written as 10,000万 is 1.0亿
            return _("%(n)s hundred million") % {"n": formats.figure(yuan / formats.YI, 1)}
        return _("%(n)s ten thousand") % {"n": formats.figure(yuan / formats.WAN, 0)}

    def exact(self, value: int) -> str:
        """The whole figure, for tables and titles."""
        if self.code == "yuan":
            return formats.figure(to_yuan(value))
        whole = Decimal(value) / self.scale
        decimals = -int(whole.normalize().as_tuple().exponent) if whole % 1 else 0
        return formats.figure(whole, decimals)


YUAN = Unit("yuan", _("yuan"))
PEOPLE = Unit("people", pgettext_lazy("unit", "people"))
PROJECTS = Unit("projects", pgettext_lazy("unit", "projects"))
SITES = Unit("sites", pgettext_lazy("unit", "sites"))
ACCOUNTS = Unit("accounts", pgettext_lazy("unit", "accounts"))
ROWS = Unit("rows", pgettext_lazy("unit", "rows"))
ALERTS = Unit("alerts", pgettext_lazy("unit", "alerts"))
CAPACITY = Unit("capacity", _("MW"), 1000)
