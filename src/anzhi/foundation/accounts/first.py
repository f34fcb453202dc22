"""The first security administrator of an empty installation."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.accounts.models import Agency, Grant, Tier
from anzhi.foundation.accounts.services.people import open_account
from anzhi.foundation.accounts.services.roles import grant_role


@transaction.atomic
def open_first(username: str, name: str) -> str:
    """Open the account at the province; returns its first password."""
    if Grant.objects.filter(role="secadmin", to_on=None, user__is_active=True).exists():
        raise ValidationError(_("There is a security administrator; they open all other accounts."))
    province = Agency.objects.get(tier=Tier.PROVINCE, closed_on=None)
    user, password = open_account(by=SYSTEM, username=username, name=name, agency=province, title="安全保密管理员")
    grant_role(by=SYSTEM, user=user, role="secadmin")
    return password
