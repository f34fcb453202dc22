"""Accounts and posts: opened, moved and closed by the security administrator."""

from axes.models import AccessAttempt
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import Agency, Department, Grant, Post, User
from anzhi.foundation.accounts.names import fingerprint_of
from anzhi.foundation.accounts.passwords import first_password
from anzhi.foundation.accounts.services.sessions import drop_sessions
from anzhi.foundation.audit.door import action


@transaction.atomic
def open_account(
    *, by: Actor, username: str, name: str, agency: Agency, title: str, department: Department | None = None
) -> tuple[User, str]:
    """A new person with a post; returns them and a first password, which they must change at once."""
    demand(by, Permission.USER_EDIT, on=agency)
    user, password = User(username=username.strip(), name=name.strip()), first_password()
    user.set_password(password)
    user.full_clean()
    with action("account.opened", by=by, on=user, region_code=agency.region_code, office=agency.name) as facts:
        user.save()
        _must_change(user)
        facts["user"] = user.pk
    open_post(by=by, user=user, agency=agency, title=title, department=department)
    return user, password


@transaction.atomic
def open_post(*, by: Actor, user: User, agency: Agency, title: str, department: Department | None = None) -> Post:
    """Give a person their place; whoever holds another post is moved, and leaves its roles behind."""
    demand(by, Permission.USER_EDIT, on=agency)
    if agency.closed_on:
        raise ValidationError(_("This office is closed."))
    if department and department.agency_id != agency.pk:
        raise ValidationError({"department": _("This division belongs to another office.")})
    if queries.open_post(user):
        close_post(by=by, user=user)
    post = Post(user=user, agency=agency, department=department, title=title.strip(), from_on=timezone.localdate())
    post.full_clean()
    facts = {"office": agency.name, "title": post.title, "department": str(department or "")}
    with action("post.opened", by=by, on=user, region_code=agency.region_code, **facts):
        post.save()
    return post


def close_post(*, by: Actor, user: User) -> None:
    """End a person's post and the roles held with it."""
    post = queries.open_post(user)
    if post is None:
        raise ValidationError(_("This person holds no post."))
    demand(by, Permission.USER_EDIT, on=post.agency)
    today = timezone.localdate()
    with action("post.closed", by=by, on=user, region_code=post.agency.region_code, office=post.agency.name) as facts:
        Post.objects.filter(pk=post.pk).update(to_on=today)
        ended = Grant.objects.filter(user=user, to_on=None)
        facts["roles"] = list(ended.values_list("role", flat=True))
        ended.update(to_on=today)


def close_account(*, by: Actor, user: User, reason: str) -> None:
    """End the post, the roles and every session; the account stays, closed, because the trail names it."""
    place = queries.agency_of(user) or by
    demand(by, Permission.USER_EDIT, on=place)
    if user.pk == by.id:
        raise ValidationError(_("Nobody closes their own account."))
    if not user.is_active:
        raise ValidationError(_("This account was closed before."))
    with action("account.closed", by=by, on=user, region_code=place.region_code, reason=reason):
        if queries.open_post(user):
            close_post(by=by, user=user)
        User.objects.filter(pk=user.pk).update(is_active=False)
        drop_sessions(user)


def reopen_account(*, by: Actor, user: User) -> None:
    """Let a person in again; posts and roles are given anew."""
    place = queries.agency_of(user) or by
    demand(by, Permission.USER_EDIT, on=place)
    if user.is_active:
        raise ValidationError(_("This account is open."))
    with action("account.reopened", by=by, on=user, region_code=place.region_code):
        User.objects.filter(pk=user.pk).update(is_active=True)


def issue_password(*, by: Actor, user: User) -> str:
    """A new first password for somebody who forgot theirs; ends their sessions and any lock."""
    place = queries.agency_of(user) or by
    demand(by, Permission.USER_EDIT, on=place)
    password = first_password()
    with action("account.password_issued", by=by, on=user, region_code=place.region_code):
        user.set_password(password)
        user.save(update_fields=["password"])
        _must_change(user)
        drop_sessions(user)
        AccessAttempt.objects.filter(username=fingerprint_of(user.username)).delete()
    return password


def unlock(*, by: Actor, user: User) -> None:
    """Let somebody try again before the half hour is over."""
    place = queries.agency_of(user) or by
    demand(by, Permission.USER_EDIT, on=place)
    with action("account.unlocked", by=by, on=user, region_code=place.region_code):
        AccessAttempt.objects.filter(username=fingerprint_of(user.username)).delete()


def set_language(*, by: Actor, user: User, language: str) -> None:
    """The language one's pages are in."""
    demand(by, Permission.OWN_ACCOUNT)
    if user.pk != by.id:
        raise ValidationError(_("Everybody chooses their own language."))
    with action("account.language_set", by=by, on=user, language=language):
        User.objects.filter(pk=user.pk).update(language=language)


def _must_change(user: User) -> None:
    """The hurdle after log-in sees that the password was never chosen by its owner."""
    user.password_changed_at = None
    User.objects.filter(pk=user.pk).update(password_changed_at=None)
