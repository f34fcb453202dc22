"""What happens at the door and needs nobody's permission: log-ins, failures, lock-outs, endings."""

from anzhi.foundation.access.actors import NOBODY
from anzhi.foundation.accounts.models import User
from anzhi.foundation.accounts.names import fingerprint_of
from anzhi.foundation.accounts.queries import actor_for, named
from anzhi.foundation.audit.door import action

UNKNOWN = User(pk=0, username="", name="—")


def logged_in(user: User, *, method: list[str], address: str) -> None:
    """Somebody came in: by `password`, then perhaps `totp`, `recovery_codes` or `webauthn`, or by the last alone."""
    with action("account.logged_in", by=actor_for(user), on=user, method=method, address=address):
        pass


def logged_out(user: User, *, why: str) -> None:
    """Somebody left (`asked`), or was away too long (`idle`)."""
    with action("account.logged_out", by=actor_for(user), on=user, why=why):
        pass


def login_failed(username: str, *, address: str, locked: bool) -> None:
    """A wrong password, or any try at a locked name.

    What was typed is kept only when somebody has that name: people type passwords into the name field.
    Else a fingerprint stands for it, by which repeated tries are seen to be the same.
    """
    user = named(username)
    facts = {} if user else {"fingerprint": fingerprint_of(username)}
    name = "account.locked" if locked else "account.login_failed"
    region = actor_for(user).region_code if user else None
    with action(name, by=NOBODY, on=user or UNKNOWN, region_code=region, address=address, **facts):
        pass


def password_changed(user: User) -> None:
    """Somebody chose a new password."""
    with action("account.password_changed", by=actor_for(user), on=user):
        pass


def factor_changed(user: User, *, what: str) -> None:
    """A second factor was added or taken away."""
    with action("account.factor_changed", by=actor_for(user), on=user, what=what):
        pass
