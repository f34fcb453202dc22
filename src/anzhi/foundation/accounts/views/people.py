"""People: the list, one person, and what the security administrator does."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.sentences import roles_said
from anzhi.foundation.accounts import forms, queries
from anzhi.foundation.accounts.services import people as services
from anzhi.foundation.accounts.services import roles
from anzhi.foundation.accounts.tables import PeopleFilters, PeopleTable
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage, Page, RowPage
from anzhi.foundation.web.requests import Request


class PeopleList(ListPage):
    """The people of the area."""

    permission = Permission.USER_VIEW
    title = _("People")
    rows = queries.people
    table, filters = PeopleTable, PeopleFilters
    empty = (_("Nobody here yet"), _("Open an account from the page of an office."))


class OfPerson(RowPage, abstract=True):
    """Pages about one person."""

    row = queries.person
    nav = "accounts:people"

    @property
    def back(self) -> str:
        """The person's page."""
        return reverse("accounts:person", args=[self.object.username])


class PersonPage(OfPerson, DetailPage):
    """Posts, roles, state of the account."""

    permission = Permission.USER_VIEW
    template = "accounts/person.html"
    crumbs = (Crumb(_("People"), "/accounts/people/"),)

    @property
    def title(self) -> str:
        """The name."""
        return self.object.name

    @property
    def acts(self) -> list[Act]:
        """What the security administrator may do now."""
        name, edit = [self.object.username], Permission.USER_EDIT
        if not self.object.is_active:
            return [Act(_("Open again"), reverse("accounts:reopen", args=name), "lock-open", "", edit, post=True)]
        return [
            Act(_("New first password"), reverse("accounts:issue-password", args=name), "key", "", edit, post=True),
            Act(
                _("Unlock"),
                reverse("accounts:unlock", args=name),
                "lock-open",
                "",
                edit,
                "" if queries.is_locked(self.object) else _("It is not locked now."),
                post=True,
            ),
            Act(_("Move to another post"), reverse("accounts:move", args=name), "arrows-exchange", "", edit),
            Act(_("Close the account"), reverse("accounts:close", args=name), "user-off", "bad", edit),
        ]

    def context(self) -> dict[str, Any]:
        """Roles with what they are for."""
        grants = list(self.object.grants.all())
        held = [grant for grant in grants if grant.to_on is None]
        said = roles_said(grant.role for grant in held)
        return {
            "held": list(zip(held, said, strict=True)),
            "earlier": [(grant, roles_said([grant.role])[0][0]) for grant in grants if grant.to_on],
            "posts": list(self.object.posts.all()),
            "history": audit.history(self.object) if may(self.actor, Permission.AUDIT_VIEW) else None,
        }


class FirstPassword(Page, abstract=True):
    """Shows a first password once, on the answer itself: it is stored nowhere."""

    styles = ("accounts/accounts.css",)

    def told(self, person: Any, password: str) -> HttpResponseBase:
        """The page with the password."""
        return self.render("accounts/first_password.html", person=person, password=password)


class OpenAccount(FirstPassword, FormPage):
    """A new person at an office."""

    permission = Permission.USER_EDIT
    nav = "accounts:people"
    row, form = queries.agency, forms.AccountForm
    submit = _("Open the account")

    @property
    def title(self) -> str:
        """Where."""
        return now("New person at %(office)s") % {"office": self.object.short_name}

    def form_arguments(self) -> dict[str, Any]:
        """The divisions of this office."""
        return {"departments": queries.departments(self.object)}

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open it and show the first password, or what is wrong."""
        response = super().post(request, *args, **kwargs)
        made = getattr(self, "made", None)
        return self.told(*made) if made else response

    def save(self, form: Any) -> str:
        """By the service."""
        self.made = services.open_account(by=self.actor, agency=self.object, **form.cleaned_data)
        return ""


class IssuePassword(FirstPassword, OfPerson, ActionPage):
    """A new first password for who forgot theirs."""

    permission = Permission.USER_EDIT
    title = _("New first password")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Issue it and show it, once."""
        return self.told(self.object, services.issue_password(by=self.actor, user=self.object))


class Unlock(OfPerson, ActionPage):
    """End a lock before its half hour."""

    permission = Permission.USER_EDIT
    done = _("The account name can be used again.")

    def act(self) -> str:
        """By the service."""
        services.unlock(by=self.actor, user=self.object)
        return self.back


class Move(OfPerson, FormPage):
    """A post at this or another office of the area."""

    permission = Permission.USER_EDIT
    form, title, submit = forms.PostForm, _("Move to another post"), _("Move")
    done = _("The person was moved; roles of the old post are ended.")

    def form_arguments(self) -> dict[str, Any]:
        """Offices of one's own area."""
        return {"agencies": queries.agencies(self.scope)}

    def save(self, form: Any) -> str:
        """By the service."""
        services.open_post(by=self.actor, user=self.object, **form.cleaned_data)
        return self.back


class CloseAccount(OfPerson, FormPage):
    """Ends post, roles and log-ins."""

    permission = Permission.USER_EDIT
    form, title, submit = forms.ReasonForm, _("Close the account"), _("Close the account")
    done = _("The account is closed; its log-ins are ended.")

    def save(self, form: Any) -> str:
        """By the service."""
        services.close_account(by=self.actor, user=self.object, **form.cleaned_data)
        return self.back


class Reopen(OfPerson, ActionPage):
    """Lets a person in again."""

    permission = Permission.USER_EDIT
    done = _("The account is open again; give it a post and roles.")

    def act(self) -> str:
        """By the service."""
        services.reopen_account(by=self.actor, user=self.object)
        return self.back


class GrantRole(OfPerson, FormPage):
    """One more role."""

    permission = Permission.GRANT_EDIT
    styles = ("accounts/accounts.css",)
    form, title, submit = forms.RoleForm, _("Give a role"), _("Give the role")
    done = _("The role is given; it counts from the next click.")

    def save(self, form: Any) -> str:
        """By the service."""
        roles.grant_role(by=self.actor, user=self.object, **form.cleaned_data)
        return self.back


class WithdrawRole(ActionPage):
    """One role less."""

    permission = Permission.GRANT_EDIT
    row, done = queries.open_grant, _("The role is withdrawn; it no longer counts.")

    def act(self) -> str:
        """By the service."""
        roles.withdraw_role(by=self.actor, grant=self.object)
        return reverse("accounts:person", args=[self.object.user.username])
