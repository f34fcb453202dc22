"""What the workflow hands to the shell."""

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.live.registry import topic
from anzhi.foundation.workflow.engine.door import TOPIC

topic(TOPIC, Permission.CASE_VIEW)
