"""The life of an account: filed by one person, confirmed by another, changed, suspended, closed; its record."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts import queries as offices
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.web import places
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.pages import DetailPage, FormPage
from anzhi.supervision.funds import filing_forms as forms
from anzhi.supervision.funds import queries, tables
from anzhi.supervision.funds.services import accounts, filing
from anzhi.supervision.funds.states import AccountStatus

EDIT = Permission.FUND_ACCOUNT_EDIT
ACTS = {
    AccountStatus.FILED: ("confirm", "change", "withdraw"),
    AccountStatus.OPEN: ("change", "suspend", "close"),
    AccountStatus.SUSPENDED: ("resume", "change", "close"),
    AccountStatus.CLOSED: (),
}
FACES = {
    "confirm": (gettext_lazy("Confirm"), "circle-check", "main"),
    "change": (gettext_lazy("Change"), "edit", ""),
    "withdraw": (gettext_lazy("Take the filing back"), "x", ""),
    "suspend": (gettext_lazy("Suspend"), "player-pause", ""),
    "resume": (gettext_lazy("Take into use again"), "player-play", "main"),
    "close": (pgettext_lazy("bank account", "Close the account"), "lock", ""),
}


class AccountRecord(DetailPage):
    """What is registered of an account, who filed and confirmed it, and everything done since."""

    permission = Permission.FUND_ACCOUNT_VIEW
    nav = "funds:accounts"
    row = queries.account
    template = "funds/record.html"

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> list[Crumb]:  # type: ignore[override]
        """Below the account."""
        rows = reverse("funds:account", args=[self.object.pk])
        return [
            Crumb(_("Supervised accounts"), reverse("funds:accounts")),
            Crumb(self.object.number_mask, rows),
            Crumb(_("Record")),
        ]

    @property
    def marks(self) -> SafeString:
        """Its state."""
        return state_pill(tables.USED[self.object.status], self.object.get_status_display())

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """What its state allows."""
        found = []
        for name in ACTS[AccountStatus(self.object.status)]:
            label, icon, kind = FACES[name]
            url = reverse(f"funds:account_{name}", args=[self.object.pk])
            found.append(Act(label, url, icon, kind, EDIT, reason=self.refused if name == "confirm" else ""))
        return found

    @property
    def refused(self) -> str:
        """Why this person may not confirm it."""
        return filing.may_confirm(self.object, self.actor).reason

    def context(self) -> dict[str, Any]:
        """Where it stands, what stands below it, and its history."""
        account = self.object
        return {
            "area": places.name_of(account.region_code),
            "lower": queries.lower(account, self.scope),
            "history": audit.history(account, 30),
        }


class AccountFile(FormPage):
    """Register an account."""

    permission = EDIT
    nav = "funds:accounts"
    title = gettext_lazy("Register an account")
    form = forms.FilingForm
    submit = gettext_lazy("File it for confirmation")
    done = gettext_lazy("The account is filed. It is used once another person has confirmed it.")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the list."""
        return reverse("funds:accounts")

    def form_arguments(self) -> dict[str, Any]:
        """Banks, offices and accounts to choose from."""
        open_offices = offices.agencies(self.scope).filter(closed_on=None)
        uppers = [(str(row.pk), str(row)) for row in queries.uppers(self.scope)]
        return {"banks": queries.bank_choices(), "offices": list(open_offices), "uppers": uppers}

    def save(self, form: forms.FilingForm) -> str:  # type: ignore[override]
        """File it under the office's area."""
        given = dict(form.cleaned_data)
        office = form.offices[given.pop("agency")]
        upper = queries.account(self.scope, pk=int(key)) if (key := given.pop("upper", "")) else None
        made = filing.register(by=self.actor, agency=office, region_code=office.region_code, upper=upper, **given)
        return reverse("funds:account_record", args=[made.pk])


class AccountForm(FormPage, abstract=True):
    """Base of the forms of one account."""

    permission = EDIT
    nav = "funds:accounts"
    row = queries.account
    template = "funds/reveal.html"

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the record."""
        return reverse("funds:account_record", args=[self.object.pk])


class AccountConfirm(AccountForm):
    """The second person."""

    title = gettext_lazy("Confirm the account")
    form = forms.ConfirmForm
    submit = gettext_lazy("Confirm")
    done = gettext_lazy("The account is in use.")

    def save(self, form: forms.ConfirmForm) -> str:  # type: ignore[override]
        """Confirm it."""
        filing.confirm(account=self.object, by=self.actor, number=form.cleaned_data["number"])
        return self.back


class AccountWithdraw(AccountForm):
    """Take a filing back."""

    title = gettext_lazy("Take the filing back")
    form = forms.WhyForm
    submit = gettext_lazy("Take the filing back")
    done = gettext_lazy("The filing was taken back.")

    def save(self, form: forms.WhyForm) -> str:  # type: ignore[override]
        """It was never in use: it goes; the trail keeps that it was."""
        filing.withdraw(account=self.object, by=self.actor, reason=form.cleaned_data["reason"])
        return reverse("funds:accounts")


class AccountChange(AccountForm):
    """Correct the facts."""

    title = gettext_lazy("Change the account")
    form = forms.ChangeForm
    done = gettext_lazy("The account was changed.")

    def form_arguments(self) -> dict[str, Any]:
        """The office that must stand in the name."""
        return {"office": self.object.agency}

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        return {name: getattr(self.object, name) for name in accounts.CHANGEABLE}

    def save(self, form: forms.ChangeForm) -> str:  # type: ignore[override]
        """Change it."""
        given = dict(form.cleaned_data)
        accounts.change(account=self.object, by=self.actor, reason=given.pop("reason"), facts=given)
        return self.back


class AccountSuspend(AccountForm):
    """Out of use for the time being."""

    title = gettext_lazy("Suspend the account")
    form = forms.WhyForm
    submit = gettext_lazy("Suspend")
    done = gettext_lazy("The account is suspended. Its statements still come in.")

    def save(self, form: forms.WhyForm) -> str:  # type: ignore[override]
        """Suspend it."""
        accounts.suspend(account=self.object, by=self.actor, reason=form.cleaned_data["reason"])
        return self.back


class AccountResume(AccountForm):
    """Into use again."""

    title = gettext_lazy("Take into use again")
    form = forms.WhyForm
    submit = gettext_lazy("Take into use again")
    done = gettext_lazy("The account is in use.")

    def save(self, form: forms.WhyForm) -> str:  # type: ignore[override]
        """Resume it."""
        accounts.resume(account=self.object, by=self.actor, reason=form.cleaned_data["reason"])
        return self.back


class AccountClose(AccountForm):
    """The end of an account."""

    title = pgettext_lazy("bank account", "Close the account")
    form = forms.CloseForm
    submit = pgettext_lazy("bank account", "Close the account")
    done = gettext_lazy("The account is closed.")

    def save(self, form: forms.CloseForm) -> str:  # type: ignore[override]
        """Close it, if nothing is left on it."""
        accounts.close(account=self.object, by=self.actor, on=form.cleaned_data["on"])
        return self.back
