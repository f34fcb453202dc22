"""What a password must be, beyond Django's own check of common words. The figures are dated parameters."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from anzhi.foundation.accounts.limits import limits
from anzhi.foundation.accounts.models import PasswordUsed, User

KINDS = (str.islower, str.isupper, str.isdigit, lambda character: not character.isalnum())


class LengthValidator:
    """At least so many characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when there are fewer."""
        if len(password) < limits().length:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """One sentence for the form."""
        return _("At least %(count)s characters.") % {"count": limits().length}


class KindsValidator:
    """Several of: small letters, capitals, digits, signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when fewer kinds are there."""
        if sum(any(map(kind, password)) for kind in KINDS) < limits().kinds:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self) -> str:
        """One sentence for the form."""
        return _("Use at least %(kinds)s of: small letters, capitals, digits, signs.") % {"kinds": limits().kinds}


class NotOneselfValidator:
    """Neither the account's name nor the person's."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when either name is part of the password."""
        names = [getattr(user, field, "") for field in ("username", "name")]
        if any(len(name) > 1 and name.lower() in password.lower() for name in names):
            raise ValidationError(self.get_help_text(), code="password_is_oneself")

    def get_help_text(self) -> str:
        """One sentence for the form."""
        return _("Your name and account name may not be part of it.")


class HistoryValidator:
    """None of the last few; also keeps the history, because Django tells validators of each change."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password this person had lately."""
        if user is None or user.pk is None:
            return
        recent = PasswordUsed.objects.filter(user=user)[: limits().history]
        if any(check_password(password, used.hash) for used in recent):
            raise ValidationError(self.get_help_text(), code="password_used")

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Called by Django after the person was saved with a new password."""
        if user is None or user.pk is None:
            return
        user.password_changed_at = timezone.now()
        User.objects.filter(pk=user.pk).update(password_changed_at=user.password_changed_at)
        PasswordUsed.objects.create(user=user, hash=user.password)

    def get_help_text(self) -> str:
        """One sentence for the form."""
        return _("None of your last %(count)s passwords.") % {"count": limits().history}
