"""Who a session belongs to: the person and where they work now, read in one query at each request."""

from allauth.account.auth_backends import AuthenticationBackend

from anzhi.foundation.accounts.models import User
from anzhi.foundation.accounts.queries import with_standing


class StandingBackend(AuthenticationBackend):
    """Logs in like allauth's own; the person of a session comes with post, office and roles."""

    def get_user(self, user_id: int) -> User | None:
        """The person, unless their account is closed."""
        user = with_standing(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
