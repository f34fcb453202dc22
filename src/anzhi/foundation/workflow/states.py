"""States of definitions, cases, visits and tasks, and everything that can be done."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Edition(TextChoices):
    """草稿 → 送审 → 已发布 → 已停用. Only one edition of a key is published."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("No longer used")


class CaseState(TextChoices):
    """The life of a case."""

    RUNNING = "running", _("Under way")
    PAUSED = "paused", _("Paused")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Not approved")
    TERMINATED = "terminated", _("Terminated")


LIVE = (CaseState.RUNNING, CaseState.PAUSED)


class VisitState(TextChoices):
    """One round at a step. Rounds are never opened again: a return begins a new one."""

    OPEN = "open", _("Being handled")
    PASSED = "passed", _("Passed")
    RETURNED = "returned", _("Sent back")
    CANCELLED = "cancelled", _("Cancelled")


class TaskState(TextChoices):
    """A task waits for its turn or for an answer, is open, done, or no longer needed."""

    WAITING = "waiting", _("Waits for its turn")
    OPEN = "open", _("To do")
    DONE = "done", _("Handled")
    CANCELLED = "cancelled", _("No longer needed")


class TaskKind(TextChoices):
    """What a task asks for."""

    DO = "do", _("Handle")
    VOTE = "vote", _("Countersign")
    ASK = "ask", _("Give an opinion")


class Side(TextChoices):
    """Where an added signer stands."""

    BEFORE = "before", _("Before me")
    AFTER = "after", _("After me")
    BESIDE = "beside", _("Beside me")


class CopyKind(TextChoices):
    """Why a case was put on somebody's desk without a task."""

    CC = "cc", _("Copy")
    URGE = "urge", _("Reminder")
    MARK = "mark", _("Deadline")
    ALARM = "alarm", _("Nobody found")


class ClockKind(TextChoices):
    """What a limit stands on."""

    STATUTORY = "statutory", _("Statutory limit")
    SERVICE = "service", _("Service promise")
    STEP = "step", _("Limit of the step")


class SpanKind(TextChoices):
    """Why a clock stands still."""

    PAUSE = "pause", _("Suspended")
    EXCLUSION = "exclusion", _("Not counted by law")


class Act(TextChoices):
    """What people do with a case."""

    START = "start", _("Begin")
    PASS = "pass", _("Pass")
    REJECT = "reject", _("Refuse approval")
    RETURN = "return", _("Send back")
    VOTE = "vote", _("Cast a vote")
    ANSWER = "answer", _("Answer")
    ADD_SIGN = "add_sign", _("Add signers")
    REDUCE_SIGN = "reduce_sign", _("Take a signer off")
    TRANSFER = "transfer", _("Hand on")
    WITHDRAW = "withdraw", _("Take it back")
    OPEN = "open", _("Look at it")
    URGE = "urge", _("Urge")
    CC = "cc", _("Send a copy")
    READ = "read", _("Confirm having read")
    PAUSE = "pause", _("Pause")
    RESUME = "resume", _("Let it go on")
    TERMINATE = "terminate", _("Terminate")
    ASSIGN = "assign", _("Assign from the queue")


class Entry(TextChoices):
    """What the log of a case holds beside the acts of people."""

    SENT = "sent", _("Reached a step")
    ROUTED = "routed", _("Took a way")
    EFFECT = "effect", _("Took effect")
    ENDED = "ended", _("Came to an end")
    MARK = "mark", _("Mark of a limit")
    ALARM = "alarm", _("Nobody found")
    HAND_OVER = "hand_over", _("Handed over")
    TAKEN_BACK = "taken_back", _("Handed back")
    PROPOSED = "proposed", _("Intervention proposed")
    REFUSED = "refused", _("Intervention refused")
    INTERVENED = "intervened", _("Intervention")
    MIGRATED = "migrated", _("Moved to another edition")


class Remedy(TextChoices):
    """What an intervention does."""

    MOVE = "move", _("Move to a step")
    ASSIGN = "assign", _("Give to a person")
    TERMINATE = "end", _("End the case")
