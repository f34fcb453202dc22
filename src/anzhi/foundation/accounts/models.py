"""Agencies, departments, people, their posts and the roles granted to them.

These tables carry no row-level security (see the exemption list in `docs/apps/access.md`): a log-in
must find its person before any scope is known. Queries guard them.
"""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.roles import ADMINISTRATORS
from anzhi.foundation.access.rows import RegionCodeField, ScopedQuerySet


class Tier(models.TextChoices):
    """Tiers of resettlement offices."""

    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County")


class Agency(models.Model):
    """A resettlement office (搬迁安置办). Not a region: 129 counties have 128 county offices."""

    name = models.CharField(max_length=80, unique=True)
    short_name = models.CharField(max_length=40)
    tier = models.CharField(max_length=12, choices=Tier.choices)
    region_code = RegionCodeField(db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    doc_prefix = models.CharField(max_length=20, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("region_code",)
        constraints = [
            models.UniqueConstraint(
                fields=["region_code"],
                condition=models.Q(closed_on=None),
                name="agency_one_open_per_region",
                violation_error_message=_("This region already has an open office."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Jurisdiction(models.Model):
    """Which open office looks after a county: its own, or another's where the county has none."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="jurisdictions")
    region_code = RegionCodeField(unique=True)

    class Meta:
        ordering = ("region_code",)


class Department(models.Model):
    """A division of an agency (处、科、室)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="departments")
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="department_name_in_agency")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they log in with."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who can log in; without a password, only by passkey or invitation."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can log in. What they may do comes from posts and grants, never from flags here."""

    username = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]{2,39}$", _("Small letters, digits and hyphens, a letter first."))],
    )
    name = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person's place in an agency, for a time. The scope of a request comes from the open post."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="posts")
    title = models.CharField(max_length=40)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(to_on=None),
                name="post_one_open_per_user",
                violation_error_message=_("This person already holds an open post; end it first."),
            ),
            models.CheckConstraint(condition=models.Q(to_on__gte=models.F("from_on")), name="post_ends_after_it_began"),
        ]


class Grant(models.Model):
    """A role held by a person at an agency, for a time. Counts only while the post is at that agency."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"], condition=models.Q(to_on=None), name="grant_once"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(to_on=None, role__in=ADMINISTRATORS),
                name="grant_administrators_apart",
                violation_error_message=_("One person may be only one of the three administrators."),
            ),
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="grant_ends_after_it_began"
            ),
        ]


class PasswordUsed(models.Model):
    """A password somebody had, as its hash: the last few may not come back."""

    user = models.ForeignKey(User, models.PROTECT, related_name="passwords_used")
    hash = models.CharField(max_length=128)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
