"""Who acts in this request, and the scope its transactions are bound to."""

from collections.abc import Callable

from django.http import HttpResponse

from anzhi.foundation.access.actors import NOBODY
from anzhi.foundation.access.scope import no_scope, region_scope
from anzhi.foundation.accounts.queries import actor_for
from anzhi.foundation.web.requests import Request


class ActorMiddleware:
    """Sets `request.actor` and holds the scope for the whole request.

    The scope is reset at the end in any case: server threads share a context, and the next
    request must never inherit this one's.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.actor = actor_for(request.user) if request.user.is_authenticated else NOBODY
        if not request.actor.prefix:
            with no_scope():
                return self.get_response(request)
        with region_scope(request.actor.prefix, str(request.actor.id)):
            return self.get_response(request)
