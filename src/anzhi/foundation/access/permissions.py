"""The one list of everything a person can do in Anzhi (`docs/permissions.md` follows it)."""

from enum import StrEnum


class Permission(StrEnum):
    """OBJECT_VERB. A page or service names one; a role is a set of them."""

    BOARD_VIEW = "board_view"
    MAP_VIEW = "map_view"
    SEARCH_USE = "search_use"
    LIVE_FOLLOW = "live_follow"

    REGION_VIEW = "region_view"
    REGION_IMPORT = "region_import"
    PARAMETER_VIEW = "parameter_view"
    PARAMETER_EDIT = "parameter_edit"
    CALENDAR_VIEW = "calendar_view"
    CALENDAR_EDIT = "calendar_edit"

    AGENCY_VIEW = "agency_view"
    AGENCY_EDIT = "agency_edit"
    USER_VIEW = "user_view"
    USER_EDIT = "user_edit"
    GRANT_EDIT = "grant_edit"
    OWN_ACCOUNT = "own_account"

    AUDIT_VIEW = "audit_view"
    JOB_VIEW = "job_view"
    FILE_VIEW = "file_view"
    FILE_UPLOAD = "file_upload"

    CASE_VIEW = "case_view"
    CASE_START = "case_start"
    CASE_ACT = "case_act"
    CASE_SUPERVISE = "case_supervise"
    CASE_INTERVENE = "case_intervene"
    DEFINITION_VIEW = "definition_view"
    DEFINITION_EDIT = "definition_edit"
    DEFINITION_PUBLISH = "definition_publish"

    PROJECT_VIEW = "project_view"
    PROJECT_EDIT = "project_edit"
    SITE_VIEW = "site_view"
    SITE_EDIT = "site_edit"
    INDICATOR_VIEW = "indicator_view"

    PLAN_VIEW = "plan_view"
    PLAN_IMPORT = "plan_import"
    ALLOCATION_VIEW = "allocation_view"
    BUDGET_VIEW = "budget_view"
    BUDGET_EDIT = "budget_edit"
    BUDGET_DECIDE = "budget_decide"
    EXPENSE_ASK = "expense_ask"
    EXPENSE_DECIDE = "expense_decide"
    EXPENSE_PAY = "expense_pay"

    FUND_ACCOUNT_VIEW = "fund_account_view"
    FUND_ACCOUNT_EDIT = "fund_account_edit"
    FUND_ACCOUNT_REVEAL = "fund_account_reveal"
    TRANSACTION_VIEW = "transaction_view"
    STATEMENT_VIEW = "statement_view"
    STATEMENT_IMPORT = "statement_import"
    MATCH_VIEW = "match_view"

    ALERT_VIEW = "alert_view"
    ALERT_HANDLE = "alert_handle"
    ALERT_CLOSE = "alert_close"
    RULE_VIEW = "rule_view"
    RULE_EDIT = "rule_edit"
    RULE_PUBLISH = "rule_publish"
