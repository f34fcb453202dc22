"""Tables of the workflow."""

from anzhi.foundation.workflow.models.cases import Case, Hand, LogEntry, Party, Visit
from anzhi.foundation.workflow.models.clocks import Clock, Span
from anzhi.foundation.workflow.models.definitions import Definition, Route, Step
from anzhi.foundation.workflow.models.desks import Attachment, Copy, Delegation, HandOver, Intervention, Receipt
from anzhi.foundation.workflow.models.tasks import Task, Vote

__all__ = [
    "Attachment",
    "Case",
    "Clock",
    "Copy",
    "Definition",
    "Delegation",
    "Hand",
    "HandOver",
    "Intervention",
    "LogEntry",
    "Party",
    "Receipt",
    "Route",
    "Span",
    "Step",
    "Task",
    "Visit",
    "Vote",
]
