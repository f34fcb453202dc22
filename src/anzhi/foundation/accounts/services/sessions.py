"""Log-ins that are open now: seen and ended."""

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts.models import User
from anzhi.foundation.audit.door import action


def end_session(*, by: Actor, session: UserSession) -> None:
    """End one log-in of one's own."""
    demand(by, Permission.OWN_ACCOUNT)
    if session.user_id != by.id:
        raise ValidationError(_("This log-in is not yours."))
    with action("session.ended", by=by, on=session.user, address=session.ip, browser=session.user_agent[:80]):
        session.end()


def end_other_sessions(*, by: Actor, user: User, keep: str) -> int:
    """End all one's log-ins but the one asked from; returns how many."""
    demand(by, Permission.OWN_ACCOUNT)
    if user.pk != by.id:
        raise ValidationError(_("This log-in is not yours."))
    others = UserSession.objects.filter(user=user).exclude(session_key=keep)
    with action("session.others_ended", by=by, on=user, count=len(others)):
        for session in others:
            session.end()
    return len(others)


def drop_sessions(user: User) -> None:
    """End every log-in of a person; part of closing an account, which is the event."""
    for session in UserSession.objects.filter(user=user):
        session.end()
