"""Kinds of money and states of an allocation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundType(models.TextChoices):
    """The two rivers of money and what flows beside them (`domain` §3.10, §5.1)."""

    COMPENSATION = "compensation", _("Land compensation and resettlement")
    SUPPORT_DIRECT = "support_direct", _("Post-support: direct subsidy")
    SUPPORT_PROJECT = "support_project", _("Post-support: projects")
    RESERVOIR_FUND = "reservoir_fund", _("Reservoir area fund")
    OTHER = "other", _("Other resettlement money")


class River(models.TextChoices):
    """The river a type of fund flows in; a supervised account carries one by preference (Decree 471, Art. 52)."""

    RESETTLEMENT = "resettlement", _("Land compensation and resettlement")
    SUPPORT = "support", _("Post-resettlement support")


RIVER: dict[str, River] = {
    FundType.COMPENSATION: River.RESETTLEMENT,
    FundType.RESERVOIR_FUND: River.RESETTLEMENT,
    FundType.OTHER: River.RESETTLEMENT,
    FundType.SUPPORT_DIRECT: River.SUPPORT,
    FundType.SUPPORT_PROJECT: River.SUPPORT,
}


class AllocationState(models.TextChoices):
    """How far an allocation has come; overdue is not a state but a date."""

    APPROVED = "approved", _("Issued, not sent")
    PART_SENT = "part_sent", _("Partly sent")
    SENT = "sent", _("Sent")
    PART_ARRIVED = "part_arrived", _("Partly arrived")
    ARRIVED = "arrived", _("Arrived")
    CANCELLED = "cancelled", _("Cancelled")


class SheetKind(models.TextChoices):
    """What a sheet given in holds."""

    LINES = "lines", _("Plan lines")
    ALLOCATIONS = "allocations", _("Allocations")
