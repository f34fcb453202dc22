"""Kinds of tasks, states of plans and of progress reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaskType(models.TextChoices):
    """What a line of an annual plan is about (`domain` §3.9). The first two are never added up: different people."""

    MOVE = "move", _("People to be moved")
    PRODUCTION = "production", _("People to be given land or work")
    SITE = "site", _("Building of sites")
    FACILITY = "facility", _("Rebuilding of facilities")
    CLEARING = "clearing", _("Clearing of the reservoir bed")
    SUPPORT = "support", _("Post-support projects")
    OTHER = "other", pgettext_lazy("task", "Other")


class PlanState(models.TextChoices):
    """A plan is drafted, issued, and one day replaced; it is never overwritten."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Replaced")
    DISCARDED = "discarded", _("Discarded")


class PlanKind(models.TextChoices):
    """The first plan of a year, or a later edition of it."""

    INITIAL = "initial", _("First edition")
    ADJUSTMENT = "adjustment", _("Adjustment")


class ReportState(models.TextChoices):
    """Only what the supervision unit confirmed counts."""

    REPORTED = "reported", pgettext_lazy("progress", "Reported")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Sent back")
