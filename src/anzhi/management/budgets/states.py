"""Stages of a budget, kinds of lines and movements, states of an expense."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """Two times up, two times down (二上二下), then the year that is spent and closed (`domain` §4.8)."""

    PROPOSAL = "proposal", _("First proposal")
    CEILING = "ceiling", _("Ceilings given")
    REFINED = "refined", _("Refined within the ceilings")
    APPROVED = "approved", _("In force")
    CLOSED = "closed", _("Year closed")


NEXT: dict[Stage, Stage | None] = {
    Stage.PROPOSAL: Stage.CEILING,
    Stage.CEILING: Stage.REFINED,
    Stage.REFINED: Stage.APPROVED,
    Stage.APPROVED: Stage.CLOSED,
    Stage.CLOSED: None,
}


class LineKind(models.TextChoices):
    """Basic expenditure has two halves; projects stand beside it."""

    STAFF = "staff", _("Basic: staff")
    PUBLIC = "public", _("Basic: running")
    PROJECT = "project", pgettext_lazy("budget", "Project")


class MoveKind(models.TextChoices):
    """What changes a line. Each is a row that stays."""

    APPROVE = "approve", _("Budget approved")
    ADJUST = "adjust", _("Adjusted")
    FREEZE = "freeze", _("Set aside")
    RELEASE = "release", _("Set free")
    SPEND = "spend", _("Spent")


class ExpenseState(models.TextChoices):
    """The life of a request to spend. The system pays nothing: `paid` tells of a voucher."""

    ASKED = "asked", _("Asked")
    APPROVED = "approved", _("Agreed to")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PAID = "paid", _("Paid")


OPEN = (ExpenseState.ASKED, ExpenseState.APPROVED)
