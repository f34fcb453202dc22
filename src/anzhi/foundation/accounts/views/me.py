"""One's own account, in one place."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.sentences import permissions_said, roles_said
from anzhi.foundation.accounts import forms, queries
from anzhi.foundation.accounts.browsers import browser_of
from anzhi.foundation.accounts.limits import limits
from anzhi.foundation.accounts.services import people, sessions
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.web.pages import ActionPage, Page
from anzhi.foundation.web.requests import Request


class Me(Page):
    """Who I am here, what I may do, how I log in, where I am logged in."""

    permission = Permission.OWN_ACCOUNT
    template = "accounts/me.html"
    styles = ("accounts/accounts.css",)
    title = _("My account")

    def context(self) -> dict[str, Any]:
        """Everything about the person asking, and nobody else."""
        user, here = self.request.user, self.request.session.session_key
        return {
            "user": user,
            "post": queries.open_post(user),
            "roles": roles_said(self.actor.roles),
            "permissions": permissions_said(self.actor.permissions),
            "factors": queries.factors(user),
            "sessions": [
                {"row": one, "browser": browser_of(one.user_agent), "here": one.session_key == here}
                for one in queries.sessions(user)
            ],
            "password_days": queries.password_days_left(user),
            "history": audit.history(user, limit=8),
            "languages": settings.LANGUAGES,
            "idle_minutes": limits().idle // timedelta(minutes=1),
        }


class Language(ActionPage):
    """Change the language, here and at the next log-in."""

    permission = Permission.OWN_ACCOUNT
    form = forms.LanguageForm

    def act(self, language: str) -> str:
        """Keep it with the person."""
        people.set_language(by=self.actor, user=self.request.user, language=language)
        self.chosen = language
        return reverse("accounts:me")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """And with the browser."""
        response = super().post(request, *args, **kwargs)
        if chosen := getattr(self, "chosen", ""):
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax")
        return response


class EndSession(ActionPage):
    """End one log-in."""

    permission = Permission.OWN_ACCOUNT
    done = _("That log-in is ended.")

    @property
    def object(self) -> Any:
        """A log-in of the person asking; another's is as missing as one that never was."""
        found = queries.session(self.request.user, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def act(self) -> str:
        """One's own."""
        sessions.end_session(by=self.actor, session=self.object)
        return reverse("accounts:me")


class EndOthers(ActionPage):
    """End every log-in but this one."""

    permission = Permission.OWN_ACCOUNT
    done = _("All other log-ins are ended.")

    def act(self) -> str:
        """All of the person asking."""
        keep = self.request.session.session_key or ""
        sessions.end_other_sessions(by=self.actor, user=self.request.user, keep=keep)
        return reverse("accounts:me")
