"""Who asks for the stream: session, person, post, asked in a thread, where Django's database access belongs.

`/live` has no Django middleware, so the log-in is read here, and read again while the stream is open.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, transaction

from anzhi.foundation.access.actors import NOBODY, Actor
from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import no_scope
from anzhi.foundation.accounts.entrance.hurdles import PASSED, owes_password
from anzhi.foundation.accounts.entrance.idle import SEEN, is_too_long
from anzhi.foundation.accounts.queries import actor_for
from anzhi.foundation.live import registry

# two threads, so two connections at most, kept while people arrive and closed when they have aged
threads = ThreadPoolExecutor(2, thread_name_prefix="live-door")


@dataclass(frozen=True)
class Pass:
    """What somebody may follow."""

    person: int
    prefix: str
    topics: frozenset[str]


def actor_of(session_key: str) -> Actor:
    """The actor behind a session cookie; NOBODY when there is none. Leaves the session untouched.

    An idle session, and one whose person still has to choose a password or a second factor, is none: pages
    see to those, and note it in the session.
    """
    close_old_connections()
    with no_scope(), transaction.atomic():
        store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
        request: Any = SimpleNamespace(session=store)  # all that `get_user` looks at
        user = get_user(request)  # checks the password hash in the session too
        if not user.is_authenticated or is_too_long(time.time() - store.get(SEEN, 0)):
            return NOBODY
        if owes_password(user):
            return NOBODY
        actor = actor_for(user)
        return actor if store.get(PASSED, [""])[1:] == list(actor.roles) else NOBODY


def admit(session_key: str, topics: frozenset[str]) -> Pass | int:
    """A pass, or the status of the refusal: 401 not logged in, 403 nothing of this is for you."""
    actor = actor_of(session_key) if session_key else NOBODY
    if actor.id is None:
        return 401
    allowed = registry.allowed(actor, set(topics))
    if not actor.prefix or not may(actor, Permission.LIVE_FOLLOW) or not allowed:
        return 403
    return Pass(actor.id, actor.prefix, allowed)
