"""The types that exist so far; the domain names seven."""

from anzhi.supervision.alerts.types.base import RuleType
from anzhi.supervision.alerts.types.idle_fund import IDLE_FUND
from anzhi.supervision.alerts.types.transfer_late import TRANSFER_LATE

TYPES: dict[str, RuleType] = {rule.code: rule for rule in (IDLE_FUND, TRANSFER_LATE)}
