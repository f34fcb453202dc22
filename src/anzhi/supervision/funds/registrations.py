"""What funds hands to the registries below it."""

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.live import registry as live

live.topic("funds.imported", Permission.STATEMENT_VIEW)
live.topic("funds.refused", Permission.STATEMENT_VIEW)
