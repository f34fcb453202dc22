"""A supervised account comes into use: one person files it, another confirms it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import Answer, Denied
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.search import services as search
from anzhi.supervision.funds import finding
from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.numbers import index_of, mask_of, seal_number
from anzhi.supervision.funds.rules import is_account_number
from anzhi.supervision.funds.states import AccountStatus

CONFIRMED = gettext_lazy("This account has been confirmed already.")
ANOTHER = gettext_lazy("Another person must confirm the account you filed.")


def register(
    *,
    by: Actor,
    bank: str,
    number: str,
    region_code: str,
    rivers: Sequence[str],
    upper: SupervisedAccount | None = None,
    approved_on: date | None = None,
    **facts: Any,
) -> SupervisedAccount:
    """File an account; it is used once another person has confirmed it. `facts` are its other fields.

    `approved_on`: it was confirmed on paper before this register was; only the system takes such accounts over.
    Raises ValidationError for a number that this bank already has, or that is none, or without a river.
    """
    account = SupervisedAccount(bank_id=bank, region_code=region_code, rivers=list(rivers), upper=upper, **facts)
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    _check(account, number)
    account.filed_on, account.filed_by, account.filed_by_id = account.filed_on or clock.today(), by.label[:120], by.id
    if approved_on is not None:
        if by != SYSTEM:
            raise Denied(str(ANOTHER))
        account.approved_on, account.status = approved_on, AccountStatus.OPEN
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


def _check(account: SupervisedAccount, number: str) -> None:
    if not is_account_number(number):
        raise ValidationError(_("An account number has 9 to 30 digits."))
    if not account.rivers:
        raise ValidationError(_("Name at least one type of fund."))
    if account.opened_on > clock.today():
        raise ValidationError(_("The account cannot have been opened after today."))


def may_confirm(account: SupervisedAccount, by: Actor) -> Answer:
    """Whether this person may confirm a filed account, with the reason of a no."""
    if not (answer := gate.may(by, Permission.FUND_ACCOUNT_EDIT, on=account)):
        return answer
    if by.id is None or by.id == account.filed_by_id:
        return Answer(False, str(ANOTHER))
    return Answer(True)


def confirm(*, account: SupervisedAccount, by: Actor, number: str) -> SupervisedAccount:
    """Take a filed account into use: a second person reads the number off the bank's paper and it is the one filed.

    Raises ValidationError for another number, or an account that does not wait for it.
    """
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    _waiting(account)
    if not (answer := may_confirm(account, by)):
        raise Denied(answer.reason)
    if bytes(account.number_index) != index_of(number):
        raise ValidationError(_("This is not the number that was filed. Compare it with the bank's paper."))
    account.status, account.approved_on = AccountStatus.OPEN, clock.today()
    account.approved_by, account.approved_by_id = by.label[:120], by.id
    done = {name: getattr(account, name) for name in ("status", "approved_on", "approved_by", "approved_by_id")}
    with audit.action("fund_account.confirmed", by=by, on=account):
        filed = SupervisedAccount.objects.filter(pk=account.pk, status=AccountStatus.FILED)
        if not filed.update(**done):  # somebody else was faster
            raise ValidationError(CONFIRMED)
    return account


def withdraw(*, account: SupervisedAccount, by: Actor, reason: str) -> None:
    """Take back a filing that nobody confirmed; nothing hangs on it, and the trail keeps that it was."""
    gate.demand(by, Permission.FUND_ACCOUNT_EDIT, on=account)
    _waiting(account)
    try:
        with audit.action("fund_account.withdrawn", by=by, on=account, reason=reason, account=account.number_mask):
            search.remove(finding.KIND, [str(account.pk)])
            SupervisedAccount.objects.filter(pk=account.pk).delete()
    except models.ProtectedError as error:
        raise ValidationError(_("Another account or a file names this account. Change that first.")) from error


def _waiting(account: SupervisedAccount) -> None:
    if account.status != AccountStatus.FILED:
        raise ValidationError(CONFIRMED)
