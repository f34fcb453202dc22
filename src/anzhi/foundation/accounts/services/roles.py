"""Roles: given and withdrawn at an office, never by oneself to oneself."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ADMINISTRATORS, ROLES
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import Grant, User
from anzhi.foundation.audit.door import action


def grant_role(*, by: Actor, user: User, role: str) -> Grant:
    """Give a person a role at the office of their post.

    三员分立: of the three administrators nobody holds two, and who administers does no business.
    """
    post = queries.open_post(user)
    if post is None:
        raise ValidationError(_("Roles are held at an office: give this person a post first."))
    demand(by, Permission.GRANT_EDIT, on=post.agency)
    if role not in ROLES:
        raise ValidationError(_("There is no such role."))
    if user.pk == by.id:
        raise ValidationError(_("Nobody gives roles to themselves; another security administrator must do it."))
    _keep_apart(role, set(queries.roles_of(user)))
    grant = Grant(user=user, agency=post.agency, role=role, from_on=timezone.localdate(), granted_by_id=by.id)
    grant.full_clean()
    with action("role.granted", by=by, on=user, region_code=post.agency.region_code, role=role):
        grant.save()
    return grant


def withdraw_role(*, by: Actor, grant: Grant) -> None:
    """Take a role away; counts from the next click of its holder."""
    demand(by, Permission.GRANT_EDIT, on=grant.agency)
    if grant.to_on:
        raise ValidationError(_("This role was withdrawn before."))
    if grant.user_id == by.id:
        raise ValidationError(_("Nobody withdraws their own role; another security administrator must do it."))
    with action("role.withdrawn", by=by, on=grant.user, region_code=grant.agency.region_code, role=grant.role):
        Grant.objects.filter(pk=grant.pk, to_on=None).update(to_on=timezone.localdate())


def _keep_apart(role: str, held: set[str]) -> None:
    administers = held & set(ADMINISTRATORS)
    if role in held:
        raise ValidationError(_("This person holds the role already."))
    if role in ADMINISTRATORS and administers:
        raise ValidationError(_("One person may be only one of the three administrators."))
    if (role in ADMINISTRATORS and held) or administers:
        raise ValidationError(_("Who administers the system holds no other role."))
