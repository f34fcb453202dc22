"""Supervised accounts: filing, linking, closing, and showing a number."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.search import services as search
from anzhi.supervision.funds import finding
from anzhi.supervision.funds.models import SupervisedAccount, Transaction
from anzhi.supervision.funds.numbers import index_of, mask_of, open_number, seal_number
from anzhi.supervision.funds.rules import account_number
from anzhi.supervision.funds.states import AccountStatus, MatchState


def register(
    *,
    by: Actor,
    bank: str,
    number: str,
    region_code: str,
    fund_types: Sequence[str],
    upper: SupervisedAccount | None = None,
    **facts: Any,
) -> SupervisedAccount:
    """File an account. `facts` are its other fields: name, branch, agency, nature, opened_on …

    Raises ValidationError for a number that this bank already has, or that is none, or without a type of fund.
    """
    account = SupervisedAccount(
        bank_id=bank, region_code=region_code, fund_types=list(fund_types), upper=upper, **facts
    )
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    if len(account_number(number)) < 6:
        raise ValidationError(_("An account number has at least six digits."))
    if not account.fund_types:
        raise ValidationError(_("Name at least one type of fund."))
    account.number_index, account.number_mask = index_of(number), mask_of(number)
    account.number_sealed = seal_number(number, bank)
    try:
        with transaction.atomic(), audit.action("fund_account.registered", by=by, on=account, bank=bank) as known:
            account.save(force_insert=True)
            known["account"] = account.number_mask
            search.index(finding.KIND, [finding.found(account)])
    except IntegrityError as error:
        raise ValidationError(_("This bank already has an account with this number.")) from error
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
    """Take an account out of use for the time being; its statements still come in."""
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    _still_in_use(account)
    with audit.action("fund_account.suspended", by=by, on=account, reason=reason):
        account.status = AccountStatus.SUSPENDED
        account.save(update_fields=["status"])
    return account


def close(*, account: SupervisedAccount, by: Actor, on: date) -> SupervisedAccount:
    """Close an account: its balance must be known and nothing, and every row explained. Raises ValidationError."""
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    _still_in_use(account)
    if on < account.opened_on:
        raise ValidationError(_("An account cannot be closed before the day it was opened."))
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
