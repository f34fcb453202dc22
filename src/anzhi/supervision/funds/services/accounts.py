"""Supervised accounts: changing, linking, suspending, closing, and showing a number. They come by `filing`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.search import services as search
from anzhi.supervision.funds import finding
from anzhi.supervision.funds.models import SupervisedAccount, Transaction
from anzhi.supervision.funds.numbers import open_number
from anzhi.supervision.funds.states import AccountStatus, MatchState

CHANGEABLE = ("name", "branch", "cnaps", "nature", "rivers", "link", "authorised_until")
"""What may be changed of an account; bank, number, office and area are what it is."""


def change(*, account: SupervisedAccount, by: Actor, reason: str, facts: Mapping[str, Any]) -> SupervisedAccount:
    """Correct what is known of an account; the trail keeps each field before and after.

    Raises ValidationError where nothing is new, and for a closed account.
    """
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    _still_in_use(account)
    new = {name: facts[name] for name in CHANGEABLE if name in facts and facts[name] != getattr(account, name)}
    if not new:
        raise ValidationError(_("Nothing was changed."))
    if not new.get("rivers", account.rivers):
        raise ValidationError(_("Name at least one type of fund."))
    changed = {name: [getattr(account, name), value] for name, value in new.items()}
    with audit.action("fund_account.changed", by=by, on=account, reason=reason, changed=changed):
        for name, value in new.items():
            setattr(account, name, value)
        if account.status == AccountStatus.FILED:  # who writes a filing anew has filed it: another confirms it
            account.filed_by, account.filed_by_id = by.label[:120], by.id
        account.save(update_fields=[*new, "filed_by", "filed_by_id"])
        search.index(finding.KIND, [finding.found(account)])
    return account


def link_upper(*, account: SupervisedAccount, upper: SupervisedAccount | None, by: Actor) -> SupervisedAccount:
    """Declare from which account money should arrive here. Raises ValidationError for a circle."""
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    above = upper
    while above is not None:
        if above.pk == account.pk:
            raise ValidationError(_("An account cannot stand above itself."))
        above = above.upper
    with audit.action("fund_account.linked", by=by, on=account, upper=str(upper or "")):
        account.upper = upper
        account.save(update_fields=["upper"])
    return account


def suspend(*, account: SupervisedAccount, by: Actor, reason: str) -> SupervisedAccount:
    """Take an account out of use for the time being; its statements still come in. Raises ValidationError."""
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    _still_in_use(account)
    if account.status != AccountStatus.OPEN:
        raise ValidationError(_("Only an account in use can be suspended."))
    return _turn(account, AccountStatus.SUSPENDED, "fund_account.suspended", by, reason)


def resume(*, account: SupervisedAccount, by: Actor, reason: str) -> SupervisedAccount:
    """Take a suspended account into use again."""
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    if account.status != AccountStatus.SUSPENDED:
        raise ValidationError(_("Only a suspended account can be taken into use again."))
    return _turn(account, AccountStatus.OPEN, "fund_account.resumed", by, reason)


def _turn(account: SupervisedAccount, to: str, name: str, by: Actor, reason: str) -> SupervisedAccount:
    if not reason.strip():
        raise ValidationError({"reason": _("State the reason.")})
    with audit.action(name, by=by, on=account, reason=reason.strip()):
        account.status = to
        account.save(update_fields=["status"])
    return account


def close(*, account: SupervisedAccount, by: Actor, on: date) -> SupervisedAccount:
    """Close an account: its balance must be known and nothing, and every row explained. Raises ValidationError."""
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    _still_in_use(account)
    if account.status == AccountStatus.FILED:
        raise ValidationError(_("Nobody has confirmed this account yet. Take the filing back instead."))
    if on < account.opened_on:
        raise ValidationError(_("An account cannot be closed before the day it was opened."))
    if on > clock.today():
        raise ValidationError(_("The day of closing lies in the future."))
    if account.balance is None:
        raise ValidationError(_("The balance is not known. Bring in a statement first."))
    if account.balance:
        raise ValidationError(_("The balance is %(balance)s yuan, not zero."), params={"balance": account.balance})
    if Transaction.objects.filter(account=account, match_state=MatchState.UNMATCHED).exists():
        raise ValidationError(_("Some rows of this account are not matched yet."))
    with audit.action("fund_account.closed", by=by, on=account, day=on):
        account.status, account.closed_on = AccountStatus.CLOSED, on
        account.save(update_fields=["status", "closed_on"])
    return account


def _still_in_use(account: SupervisedAccount) -> None:
    """A closed account stays as it was closed. Raises ValidationError."""
    if account.status == AccountStatus.CLOSED:
        raise ValidationError(_("This account was closed on %(day)s."), params={"day": account.closed_on})


def reveal(*, account: SupervisedAccount, by: Actor, reason: str) -> str:
    """The full number, for a reason that the trail keeps. Raises ValidationError without one."""
    gate.demand(by, Permission.FUND_ACCOUNT_REVEAL, on=account)
    if len(reason.strip()) < 4:
        raise ValidationError(_("Say why you need the full number."))
    with audit.action("fund_account.revealed", by=by, on=account, reason=reason.strip()):
        return open_number(account.number_sealed, account.bank_id, account.number_index)
