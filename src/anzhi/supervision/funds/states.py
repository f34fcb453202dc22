"""The words for states and kinds of accounts, statement files and transactions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TIERS = [("province", _("Province")), ("prefecture", _("Prefecture")), ("county", _("County"))]
"""Tiers of the offices that hold accounts."""


class Nature(TextChoices):
    """What an account is for in the bank's books."""

    BASIC = "basic", _("Basic account")
    SPECIAL = "special", _("Special deposit account")
    ZERO = "zero", _("Zero-balance account")
    TREASURY = "treasury", _("Treasury sub-account")
    COLLECTION = "collection", _("Collection account")


class AccountStatus(TextChoices):
    """The life of a supervised account. FILED: somebody registered it, another person has not confirmed it yet."""

    FILED = "filed", pgettext_lazy("bank account", "To be confirmed")
    OPEN = "open", _("In use")
    SUSPENDED = "suspended", pgettext_lazy("bank account", "Suspended")
    CLOSED = "closed", pgettext_lazy("bank account", "Closed")


WATCHED = (AccountStatus.OPEN, AccountStatus.SUSPENDED)
"""States in which statements of an account are waited for."""


class Link(TextChoices):
    """How the bank's data reach us."""

    API = "api", _("Direct link")
    FILE = "file", _("By statement files")
    MANUAL = "manual", _("By hand")


class Source(TextChoices):
    """Where a statement file came in."""

    INBOX = "inbox", _("Inbox folder")
    UPLOAD = "upload", _("Upload page")
    CLI = "cli", _("Command line")


class FileState(TextChoices):
    """How far a statement file has come. KNOWN: the same bytes came before, nothing was done."""

    RECEIVED = "received", pgettext_lazy("statement file", "Received")
    PARSING = "parsing", _("Being read")
    IMPORTED = "imported", _("Imported")
    KNOWN = "known", _("Already known")
    REFUSED = "refused", _("Refused")
    WAITING = "waiting", _("Waiting for the rest")


LIVE_FILES = (FileState.RECEIVED, FileState.PARSING, FileState.IMPORTED, FileState.WAITING)
"""States in which the bytes of a file are taken: the same bytes again are KNOWN."""


class MatchState(TextChoices):
    """Whether a bank row is explained by a plan. Every row must end in one that is not UNMATCHED."""

    UNMATCHED = "unmatched", _("Not matched")
    AUTO = "matched_auto", _("Matched")
    MANUAL = "matched_manual", _("Matched by hand")
    INTERNAL = "internal", _("Internal")
    SUSPICIOUS = "suspicious", _("Suspicious")
