"""Why a whole file is refused, or noted: each reason names the place, the fault and the cure.

Stored as code and parameters, said in the reader's language when shown. Readers bring their own sentences.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import get_language, gettext, gettext_noop

from anzhi.supervision.funds.readers import messages
from anzhi.supervision.funds.readers.problems import Refused

SENTENCES: dict[str, str] = {
    "account.unknown": gettext_noop(
        "Account %(account)s is not registered, or lies outside your area. Nothing was stored. "
        "Register the account, then bring the file in again."
    ),
    "account.ambiguous": gettext_noop(
        "Account %(account)s exists in more than one bank. Nothing was stored. Name the bank's mapping."
    ),
    "account.unconfirmed": gettext_noop(
        "Account %(account)s is registered, but no second person has confirmed it. Nothing was stored. "
        "Have it confirmed, then bring the file in again."
    ),
    "account.closed": gettext_noop(
        "Account %(account)s was closed on %(day)s, but the file has entries after that day. Nothing was stored. "
        "Ask the bank, or correct the closing day."
    ),
    "currency.foreign": gettext_noop(
        "The amount is in %(currency)s. Supervised accounts are kept in CNY. Nothing was stored."
    ),
    "amount.fen": gettext_noop(
        "%(amount)s is not a whole number of fen, or too large for an account. Nothing was stored. "
        "Ask the bank for the exact amount."
    ),
    "balance.open": gettext_noop(
        "Opening %(opening)s plus entries %(moved)s gives %(reached)s, but the file says closing %(closing)s: "
        "%(difference)s is missing. Nothing was stored. Ask the bank for a complete file."
    ),
    "disk.full": gettext_noop(
        "The disk is full. The file was not stored; it is tried again when there is room. "
        "Ask your system administrator."
    ),
    "file.failed": gettext_noop(
        "The import failed %(attempts)s times for a reason that does not lie in the file. Nothing was stored. "
        "Ask your system administrator to look at the log, then try again."
    ),
    "file.lost": gettext_noop("The stored file is not there any more. Bring it in again."),
    "mapping.unknown": gettext_noop("There is no mapping %(mapping)s."),
}


class Reason(NamedTuple):
    """One reason, as it is stored."""

    where: str
    code: str
    params: dict[str, str]

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {"where": self.where, "code": self.code, "params": self.params}


class ImportRefused(Exception):
    """The file as a whole is refused; nothing of it is stored. `regions`: of the accounts known by then."""

    def __init__(self, reasons: list[Reason], regions: frozenset[str] = frozenset()) -> None:
        super().__init__("; ".join(f"{reason.where}: {reason.code}" for reason in reasons))
        self.reasons, self.regions = reasons, regions

    @classmethod
    def by_reader(cls, refusal: Refused, regions: frozenset[str] = frozenset()) -> "ImportRefused":
        """What a reader refuses."""
        return cls([Reason(error.where, error.code, error.params) for error in refusal.errors], regions)


def reason(code: str, where: str = "", **params: object) -> Reason:
    """One of the reasons above."""
    return Reason(where, code, {name: str(value) for name, value in params.items()})


def explain(stored: Mapping[str, Any]) -> str:
    """The sentence of a stored reason, in the language in force."""
    code, params = stored["code"], stored["params"]
    if code in SENTENCES:
        return gettext(SENTENCES[code]) % params
    language = messages.ZH if (get_language() or "zh").startswith("zh") else messages.EN
    return messages.render(code, params, language)
