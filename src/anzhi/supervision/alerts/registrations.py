"""What alerts hands to the registries below it."""

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.live import registry as live
from anzhi.supervision.alerts.services.imports import follow_import
from anzhi.supervision.alerts.services.news import TOPIC
from anzhi.supervision.funds import hooks

live.topic(TOPIC, Permission.ALERT_VIEW)
hooks.after_import(follow_import)
