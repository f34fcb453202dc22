"""Permissions and roles in words, for one's own account page and for `docs/permissions.md`."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission as P
from anzhi.foundation.access.roles import ROLES

SENTENCES: dict[P, Any] = {
    P.BOARD_VIEW: _("See the situation board"),
    P.MAP_VIEW: _("See the map"),
    P.SEARCH_USE: _("Search"),
    P.LIVE_FOLLOW: _("See what happens as it happens"),
    P.REGION_VIEW: _("See regions and boundaries"),
    P.REGION_IMPORT: _("Bring in official boundaries and codes"),
    P.PARAMETER_VIEW: _("See limits and terms with their legal basis"),
    P.PARAMETER_EDIT: _("Change limits and terms from a day on"),
    P.CALENDAR_VIEW: _("See the calendar of working days"),
    P.CALENDAR_EDIT: _("Enter the announced holidays"),
    P.AGENCY_VIEW: _("See offices of the area"),
    P.AGENCY_EDIT: _("Change telephone, address and divisions of offices"),
    P.USER_VIEW: _("See the people of the area and their roles"),
    P.USER_EDIT: _("Open, move and close accounts"),
    P.GRANT_EDIT: _("Give and withdraw roles"),
    P.OWN_ACCOUNT: _("Keep one's own account"),
    P.JOB_VIEW: _("See what runs in the background"),
    P.AUDIT_VIEW: _("Read the trail of who did what"),
    P.FILE_VIEW: _("See documents and photos"),
    P.FILE_UPLOAD: _("Add documents and photos"),
    P.CASE_VIEW: _("See cases of the area and cases it takes part in"),
    P.CASE_START: _("Begin a case"),
    P.CASE_ACT: _("Handle what comes to one’s desk"),
    P.CASE_SUPERVISE: _("Urge, pause, copy and hand over cases of the area"),
    P.CASE_INTERVENE: _("Put a stuck case right, two people together"),
    P.DEFINITION_VIEW: _("See definitions of procedures"),
    P.DEFINITION_EDIT: _("Draft definitions of procedures"),
    P.DEFINITION_PUBLISH: _("Publish definitions drafted by others"),
    P.PROJECT_VIEW: _("See projects"),
    P.PROJECT_EDIT: _("Keep projects true"),
    P.SITE_VIEW: _("See resettlement sites"),
    P.SITE_EDIT: _("Keep resettlement sites true"),
    P.INDICATOR_VIEW: _("See figures and the rows they sum"),
    P.WORK_VIEW: _("See annual plans of work and their progress"),
    P.WORK_EDIT: _("Draft annual plans and report progress"),
    P.WORK_DECIDE: _("Issue annual plans"),
    P.WORK_CONFIRM: _("Confirm reported progress or send it back"),
    P.PLAN_VIEW: _("See plans of work and money"),
    P.PLAN_IMPORT: _("Bring in plans"),
    P.ALLOCATION_VIEW: _("See money passed from tier to tier"),
    P.BUDGET_VIEW: _("See budgets of offices and requests to spend"),
    P.BUDGET_EDIT: _("Draw up the office's budget"),
    P.BUDGET_DECIDE: _("Put budgets in force, move money between lines, close the year"),
    P.EXPENSE_ASK: _("Ask to spend from the office's budget"),
    P.EXPENSE_DECIDE: _("Agree to or refuse requests to spend"),
    P.EXPENSE_PAY: _("Record payments of requests agreed to"),
    P.FUND_ACCOUNT_VIEW: _("See supervised accounts, numbers masked"),
    P.FUND_ACCOUNT_EDIT: _("File, start and close supervised accounts"),
    P.FUND_ACCOUNT_REVEAL: _("Unmask an account number, with a reason, on record"),
    P.TRANSACTION_VIEW: _("See bank transactions"),
    P.STATEMENT_VIEW: _("See bank statements that came in"),
    P.STATEMENT_IMPORT: _("Bring in bank statements"),
    P.MATCH_VIEW: _("See which payment belongs to which allocation"),
    P.ALERT_VIEW: _("See alerts"),
    P.ALERT_HANDLE: _("Handle alerts of the area"),
    P.ALERT_CLOSE: _("Close alerts handled by others"),
    P.RULE_VIEW: _("See alert rules"),
    P.RULE_EDIT: _("Draft alert rules and try them"),
    P.RULE_PUBLISH: _("Put drafted alert rules into force"),
}


def role_name(code: str) -> str:
    """The role's name in the reader's language."""
    role = ROLES[code]
    return role.en if (get_language() or "").startswith("en") else role.zh


def roles_said(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Name and sentence of each role."""
    return [(role_name(code), gettext(ROLES[code].sentence)) for code in codes]


def permissions_said(held: Iterable[P]) -> list[str]:
    """What a person may do, in the order of the list."""
    held = set(held)
    return [str(SENTENCES[permission]) for permission in P if permission in held]
