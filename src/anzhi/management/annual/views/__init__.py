"""Pages of annual plans and of progress."""

from anzhi.management.annual.views.plans import (
    LineChange,
    LineDrop,
    LineNew,
    PlanAdjust,
    PlanCompare,
    PlanDiscard,
    PlanIssue,
    PlanList,
    PlanNew,
    PlanPage,
)
from anzhi.management.annual.views.progress import ReportConfirm, ReportList, ReportNew, ReportReturn, TaskPage

__all__ = [
    "LineChange",
    "LineDrop",
    "LineNew",
    "PlanAdjust",
    "PlanCompare",
    "PlanDiscard",
    "PlanIssue",
    "PlanList",
    "PlanNew",
    "PlanPage",
    "ReportConfirm",
    "ReportList",
    "ReportNew",
    "ReportReturn",
    "TaskPage",
]
