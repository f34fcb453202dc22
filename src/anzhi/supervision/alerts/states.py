"""The life of an alert as one table, and its levels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Red before yellow before blue, everywhere."""

    RED = "red", _("Red")
    YELLOW = "yellow", _("Yellow")
    BLUE = "blue", _("Blue")


RANK = {Level.RED: 1, Level.YELLOW: 2, Level.BLUE: 3}


class State(TextChoices):
    """已触发 → 已签收 → 已说明/整改中 → 核验 → 销号; 误报 beside."""

    RAISED = "raised", _("Raised")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    EXPLAINED = "explained", _("Explained")
    RECTIFYING = "rectifying", _("Rectifying")
    VERIFIED = "verified", _("Verified")
    CLOSED = "closed", _("Closed out")
    FALSE_POSITIVE = "false_positive", _("False positive")


class Act(TextChoices):
    """What people do with an alert."""

    ACKNOWLEDGE = "acknowledge", _("Acknowledge")
    CALL = "call", _("Record a call")
    EXPLAIN = "explain", _("Explain")
    RECTIFY = "rectify", _("Order rectification")
    VERIFY = "verify", _("Record a verification")
    CLOSE = "close", _("Close out")
    DISMISS = "dismiss", _("Mark as false positive")


OPEN = (State.RAISED, State.ACKNOWLEDGED, State.EXPLAINED, State.RECTIFYING, State.VERIFIED)
ENDED = (State.CLOSED, State.FALSE_POSITIVE)

# act → (states it may start from, state it leads to; None keeps the state)
MOVES: dict[Act, tuple[tuple[State, ...], State | None]] = {
    Act.ACKNOWLEDGE: ((State.RAISED,), State.ACKNOWLEDGED),
    Act.CALL: (OPEN, None),
    Act.EXPLAIN: ((State.ACKNOWLEDGED, State.RECTIFYING, State.EXPLAINED), State.EXPLAINED),
    Act.RECTIFY: ((State.ACKNOWLEDGED, State.EXPLAINED, State.VERIFIED), State.RECTIFYING),
    Act.VERIFY: ((State.EXPLAINED, State.RECTIFYING, State.VERIFIED), State.VERIFIED),
    Act.CLOSE: ((State.VERIFIED,), State.CLOSED),
    Act.DISMISS: (OPEN, State.FALSE_POSITIVE),
}
HANDLING = (Act.ACKNOWLEDGE, Act.EXPLAIN)
VERIFICATIONS = 2  # before closing
