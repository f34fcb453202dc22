"""Reads about people and offices: who acts in this request, who works where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from anzhi.foundation.access.actors import NOBODY, Actor
from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.roles import OWN, permissions_of
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.accounts.limits import limits
from anzhi.foundation.accounts.models import Agency, Department, Grant, Jurisdiction, Post, User
from anzhi.foundation.accounts.names import fingerprint_of

PROVINCE = "530000000000"
WORKING = Q(posts__to_on=None, posts__user__is_active=True)


def actor_for(user: User) -> Actor:
    """The actor of a logged-in person, from the open post and the grants at its agency.

    Read at each request, so that a transfer or a withdrawn role counts at once. No post: one's own account only.
    """
    if not user.is_active:
        return NOBODY
    held = user.standing if hasattr(user, "standing") else standing(user)
    if held is None:
        return Actor(id=user.pk, name=user.name, permissions=OWN)
    return Actor(
        id=user.pk,
        name=user.name,
        agency_id=held.agency_id,
        agency_name=held.agency_name,
        region_code=held.region_code,
        prefix=prefix_of(held.region_code),
        roles=tuple(held.roles),
        permissions=permissions_of(held.roles) | OWN,  # one's own account is there before any role is
    )


@dataclass(frozen=True)
class Standing:
    """Where somebody works now, and the roles that count there."""

    agency_id: int
    agency_name: str
    region_code: str
    roles: list[str]


def standing(user: User) -> Standing | None:
    """That of one person; None without an open post."""
    known = with_standing(user.pk)
    return known.standing if known else None  # type: ignore[attr-defined]  # set there


# written out, because every request begins with it: the same from the ORM takes ten times as long to put together
STANDING = """
SELECT {person}, agency.id, agency.short_name, agency.region_code, ARRAY(
  SELECT role FROM accounts_grant held
  WHERE held.user_id = person.id AND held.agency_id = agency.id AND held.to_on IS NULL ORDER BY role)
FROM accounts_user person
LEFT JOIN accounts_post post ON post.user_id = person.id AND post.to_on IS NULL
LEFT JOIN accounts_agency agency ON agency.id = post.agency_id
WHERE person.id = %s
"""


def with_standing(pk: int) -> User | None:
    """The person of a session with their standing, in one query; `actor_for` then asks nothing."""
    fields = User._meta.concrete_fields
    with connection.cursor() as cursor:
        cursor.execute(STANDING.format(person=", ".join(f"person.{field.column}" for field in fields)), [pk])
        row = cursor.fetchone()
    if row is None:
        return None
    user = User.from_db(connection.alias, [field.attname for field in fields], row[: len(fields)])
    agency, name, region, roles = row[len(fields) :]
    user.standing = Standing(agency, name, region, roles) if agency else None  # type: ignore[attr-defined]
    return user


def actor_of(number: int) -> Actor:
    """The actor of a person as they are now, for jobs that act for them."""
    return actor_for(User.objects.get(pk=number))


def named(username: str) -> User | None:
    """The person with this log-in name."""
    return User.objects.filter(username=username).first()


def open_post(user: User) -> Post | None:
    """Where somebody works now."""
    return open_posts(user).select_related("agency", "department").first()


def open_posts(user: User) -> QuerySet[Post]:
    """The one post somebody holds now, or none."""
    return Post.objects.filter(user=user, to_on=None)


def agency_of(user: User) -> Agency | None:
    """The office of the open post, else of the last one."""
    latest = Post.objects.filter(user=user).order_by("-to_on", "-pk")  # NULL, an open one, comes first
    post = latest.select_related("agency").first()
    return post.agency if post else None


def roles_of(user: User) -> list[str]:
    """Codes of the roles somebody holds now."""
    return list(Grant.objects.filter(user=user, to_on=None).order_by("role").values_list("role", flat=True))


def agencies(scope: Scope) -> QuerySet[Agency]:
    """The open offices of an area, each with how many people work there."""
    rows = Agency.objects.within(scope).filter(closed_on=None).select_related("parent")
    return rows.annotate(people=Count("posts", filter=WORKING, distinct=True))


def agency(scope: Scope, code: str) -> Agency | None:
    """The open office of a region in the area, with its divisions."""
    return agencies(scope).prefetch_related("departments").filter(region_code=code).first()


def children(scope: Scope, parent: Agency) -> QuerySet[Agency]:
    """Offices one tier below."""
    return agencies(scope).filter(parent=parent)


def tier_counts(scope: Scope) -> dict[str, int]:
    """Open offices by tier, and the counties that are looked after."""
    tiers = Agency.objects.within(scope).filter(closed_on=None).order_by().values_list("tier").annotate(n=Count("pk"))
    low, high = scope.bounds
    counties = Jurisdiction.objects.filter(region_code__gte=low, region_code__lt=high).count()
    return {**dict(tiers), "counties": counties}


def divisions(office: Agency) -> list[tuple[str, list[Post]]]:
    """Divisions in their order with who works there, then who belongs to none."""
    working = list(posts_at(office))
    found = [(one.name, [post for post in working if post.department_id == one.pk]) for one in departments(office)]
    loose = [post for post in working if post.department_id is None]
    return [*found, ("", loose)] if loose else found


def looked_after(office: Agency) -> list[str]:
    """Codes of the counties an office sees to itself."""
    return list(Jurisdiction.objects.filter(agency=office).values_list("region_code", flat=True))


def posts_at(office: Agency) -> QuerySet[Post]:
    """Who works there now."""
    rows = Post.objects.filter(agency=office, to_on=None, user__is_active=True)
    return rows.select_related("user", "department").order_by("department", "user__name")


def departments(office: Agency) -> QuerySet[Department]:
    """Its divisions."""
    return Department.objects.filter(agency=office).order_by("pk")


def people(scope: Scope) -> QuerySet[User]:
    """People whose post, or last post, lies in the area; `region_code` is that of its office.

    Who never had a post is the province's.
    """
    latest = Post.objects.filter(user=OuterRef("pk")).order_by("-to_on", "-pk")  # NULL, an open one, comes first
    low, high = scope.bounds
    rows = User.objects.annotate(
        region_code=Coalesce(Subquery(latest.values("agency__region_code")[:1]), Value(PROVINCE)),
        agency_name=Subquery(latest.filter(to_on=None).values("agency__short_name")[:1]),
        post_title=Subquery(latest.filter(to_on=None).values("title")[:1]),
        roles=ArrayAgg("grants__role", filter=Q(grants__role__isnull=False, grants__to_on=None), default=Value([])),
    )
    return rows.filter(region_code__gte=low, region_code__lt=high)


def person(scope: Scope, username: str) -> User | None:
    """One of them, with posts and grants of all times."""
    posts = Prefetch("posts", Post.objects.select_related("agency", "department").order_by("-from_on", "-pk"))
    grants = Prefetch("grants", Grant.objects.select_related("agency", "granted_by").order_by("to_on", "-from_on"))
    return people(scope).prefetch_related(posts, grants).filter(username=username).first()


def open_grant(scope: Scope, pk: int) -> Grant | None:
    """A role held now at an office of the area."""
    low, high = scope.bounds
    rows = Grant.objects.filter(agency__region_code__gte=low, agency__region_code__lt=high, to_on=None)
    return rows.select_related("user", "agency").filter(pk=pk).first()


def sessions(user: User) -> list[UserSession]:
    """Log-ins of a person that are still open, the newest first."""
    rows = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    return [session for session in rows if session.exists()]


def session(user: User, pk: int) -> UserSession | None:
    """One of them."""
    return UserSession.objects.filter(user=user, pk=pk).first()


def password_days_left(user: User) -> int | None:
    """Days until a new password is asked for; None for somebody without one."""
    if not user.has_usable_password() or user.password_changed_at is None:
        return None
    return max(limits().days - (timezone.now() - user.password_changed_at).days, 0)


def is_locked(user: User) -> bool:
    """Whether too many wrong passwords close the name just now."""
    limit = limits()
    since = timezone.now() - limit.lock
    tries = AccessAttempt.objects.filter(username=fingerprint_of(user.username), attempt_time__gte=since)
    return (tries.aggregate(n=Sum("failures_since_start"))["n"] or 0) >= limit.failures


def factors(user: User) -> dict[str, Any]:
    """Second factors: whether codes are asked for, passkeys, how many recovery codes are left."""
    held = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((one for one in held if one.type == "recovery_codes"), None)
    return {
        "totp": next((one for one in held if one.type == "totp"), None),
        "passkeys": [one for one in held if one.type == "webauthn"],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
    }


def with_parents(agency_id: int) -> Agency:
    """An office with the two tiers above it."""
    return Agency.objects.select_related("parent__parent").get(pk=agency_id)


def open_agency(code: str) -> Agency | None:
    """The open office of a region."""
    return Agency.objects.filter(region_code=code, closed_on=None).first()


def open_agencies() -> QuerySet[Agency]:
    """Every open office, with the two tiers above it."""
    return Agency.objects.filter(closed_on=None).select_related("parent__parent")


def holders(agency: Agency, role: str, departments: tuple[str, ...] = ()) -> list[Post]:
    """Who holds a role at an office now, in any of these divisions, by name."""
    rows = posts_at(agency).filter(user__grants__role=role, user__grants__agency=agency, user__grants__to_on=None)
    rows = rows.filter(department__name__in=departments) if departments else rows
    return list(rows.order_by("user__name", "user_id"))


def all_holders() -> list[tuple[int, str, str]]:
    """Office, role and division (or "") of everybody who holds a role where they work now."""
    rows = Grant.objects.filter(
        to_on=None, user__is_active=True, user__posts__to_on=None, user__posts__agency=F("agency")
    )
    return list(rows.values_list("agency_id", "role", Coalesce("user__posts__department__name", Value(""))))


def at_work(ids: Iterable[int]) -> dict[int, Post]:
    """The open posts of those of these people who work now, by person."""
    rows = Post.objects.filter(user_id__in=list(ids), to_on=None, user__is_active=True)
    return {post.user_id: post for post in rows.select_related("user", "agency", "department")}
