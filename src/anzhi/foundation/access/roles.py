"""Roles: a name, a sentence for people, and a set of permissions."""

from dataclasses import dataclass

from anzhi.foundation.access.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    """A role is always held at an agency; `zh` and `en` are its names, `sentence` what it is for."""

    code: str
    zh: str
    en: str
    sentence: str
    permissions: frozenset[P]


OWN = frozenset({P.OWN_ACCOUNT})
LOOK = OWN | {
    P.WORK_VIEW,
    P.BOARD_VIEW,
    P.MAP_VIEW,
    P.SEARCH_USE,
    P.LIVE_FOLLOW,
    P.REGION_VIEW,
    P.CALENDAR_VIEW,
    P.AGENCY_VIEW,
    P.FILE_VIEW,
    P.CASE_VIEW,
    P.DEFINITION_VIEW,
    P.PROJECT_VIEW,
    P.SITE_VIEW,
    P.INDICATOR_VIEW,
}
DESK = frozenset({P.CASE_START, P.CASE_ACT})
MONEY = frozenset(
    {
        P.PLAN_VIEW,
        P.ALLOCATION_VIEW,
        P.FUND_ACCOUNT_VIEW,
        P.TRANSACTION_VIEW,
        P.STATEMENT_VIEW,
        P.MATCH_VIEW,
        P.ALERT_VIEW,
        P.RULE_VIEW,
        P.PARAMETER_VIEW,
    }
)

_ALL = (
    Role(
        "leader",
        "领导",
        "Leader",
        "Sees everything in the area, decides budgets and expenses, and closes nothing alone.",
        LOOK
        | MONEY
        | DESK
        | {P.FILE_UPLOAD, P.CASE_SUPERVISE, P.CASE_INTERVENE, P.DEFINITION_PUBLISH}
        | {P.BUDGET_VIEW, P.BUDGET_DECIDE, P.EXPENSE_DECIDE, P.WORK_DECIDE},
    ),
    Role(
        "officer",
        "承办人",
        "Officer",
        "Keeps projects, sites and photos of the area true, and asks for what the office spends.",
        LOOK | DESK | {P.PROJECT_EDIT, P.SITE_EDIT, P.FILE_UPLOAD, P.BUDGET_VIEW, P.EXPENSE_ASK, P.WORK_EDIT},
    ),
    Role(
        "finance",
        "财务",
        "Finance",
        "Brings in plans and bank statements of the area's own accounts, draws up the office's budget.",
        LOOK
        | MONEY
        | DESK
        | {P.STATEMENT_IMPORT, P.PLAN_IMPORT, P.FILE_UPLOAD, P.BUDGET_VIEW, P.BUDGET_EDIT, P.EXPENSE_PAY},
    ),
    Role(
        "fund_monitor",
        "资金监管员",
        "Fund monitor",
        "Watches accounts and alerts of the area, handles alerts, drafts rules.",
        LOOK
        | MONEY
        | DESK
        | {
            P.FUND_ACCOUNT_EDIT,
            P.FUND_ACCOUNT_REVEAL,
            P.STATEMENT_IMPORT,
            P.PLAN_IMPORT,
            P.ALERT_HANDLE,
            P.ALERT_CLOSE,
            P.RULE_EDIT,
            P.RULE_PUBLISH,
            P.FILE_UPLOAD,
        },
    ),
    Role(
        "supervision_rep",
        "监督评估单位代表",
        "Supervision unit",
        "Confirms what counties report of their annual plans, or sends it back.",
        LOOK | {P.WORK_CONFIRM},
    ),
    Role(
        "auditor_ro",
        "审计（只读）",
        "Auditor (read only)",
        "Reads everything in the area, and the trail of who did what.",
        LOOK | MONEY | {P.AUDIT_VIEW, P.BUDGET_VIEW},
    ),
    Role(
        "sysadmin",
        "系统管理员",
        "System administrator",
        "Keeps regions, calendar and agencies; sees no business rows.",
        OWN
        | {P.REGION_VIEW, P.REGION_IMPORT, P.CALENDAR_VIEW, P.CALENDAR_EDIT, P.AGENCY_VIEW, P.AGENCY_EDIT, P.USER_VIEW}
        | {P.PARAMETER_VIEW, P.PARAMETER_EDIT, P.JOB_VIEW, P.DEFINITION_VIEW, P.DEFINITION_EDIT, P.DEFINITION_PUBLISH},
    ),
    Role(
        "secadmin",
        "安全保密管理员",
        "Security administrator",
        "Opens and closes people's accounts and grants roles; sees no business rows.",
        OWN | {P.AGENCY_VIEW, P.USER_VIEW, P.USER_EDIT, P.GRANT_EDIT},
    ),
    Role(
        "auditadmin",
        "安全审计员",
        "Audit administrator",
        "Reads the trail of who did what; sees no business rows.",
        OWN | {P.AUDIT_VIEW, P.AGENCY_VIEW, P.USER_VIEW},
    ),
)
# 三员分立: system, security and audit are three different people
ADMINISTRATORS = ("sysadmin", "secadmin", "auditadmin")
ROLES: dict[str, Role] = {role.code: role for role in _ALL}


def permissions_of(codes: list[str]) -> frozenset[P]:
    """All permissions that the named roles give together; an unknown name is an error (KeyError)."""
    return frozenset().union(*(ROLES[code].permissions for code in codes))
