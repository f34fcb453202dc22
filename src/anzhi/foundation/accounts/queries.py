"""Reads about people: who acts in this request."""

from anzhi.foundation.access.actors import NOBODY, Actor
from anzhi.foundation.access.roles import OWN, permissions_of
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.accounts.models import Grant, Post, User


def actor_for(user: User) -> Actor:
    """The actor of a logged-in person, from the open post and the grants at its agency.

    Read at each request, so that a transfer or a withdrawn role counts at once. No post: NOBODY's rights.
    """
    if not user.is_active:
        return NOBODY
    post = Post.objects.filter(user=user, to_on=None).select_related("agency").first()
    if post is None:
        return Actor(id=user.pk, name=user.name, permissions=OWN)
    roles = list(
        Grant.objects.filter(user=user, agency=post.agency, to_on=None).order_by("role").values_list("role", flat=True)
    )
    return Actor(
        id=user.pk,
        name=user.name,
        agency_id=post.agency_id,
        agency_name=post.agency.short_name,
        region_code=post.agency.region_code,
        prefix=prefix_of(post.agency.region_code),
        roles=tuple(roles),
        permissions=permissions_of(roles) | OWN,  # one's own account is there before any role is
    )


def named(username: str) -> User | None:
    """The person with this log-in name."""
    return User.objects.filter(username=username).first()
