"""What the suite knows of each address: how to fill it in, and what the owner of the planted rows must see there.

A new address fails the suite until it stands in one of the two tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from authorization.planted import OWNER, World

Fill = Callable[[World], Mapping[str, Any]]
CODE = OWNER.ljust(12, "0")
TILE = {"z": 12, "x": 3207, "y": 1745}  # over the county town


@dataclass(frozen=True)
class Shows:
    """An address that shows planted rows. `hidden`: to a stranger with the same role there is nothing there (404)."""

    fill: Fill = lambda world: {}
    hidden: bool = True
    query: str = ""
    told: bool = True  # the owner's own answer holds a sentinel; False for acts and forms that repeat nothing


def of(thing: str, **fields: str) -> Fill:
    """Arguments of an address from one planted row: `code="code"` is its attribute of that name."""
    return lambda world: {argument: getattr(getattr(world, thing), name) for argument, name in fields.items()}


def a_list(query: str = "") -> Shows:
    """A list of rows: open to a stranger, with none of these on it."""
    return Shows(hidden=False, query=query)


ALERT = of("alert", number="number")
PERSON = of("person", username="username")
BUDGET, BUDGET_LINE, REQUEST = of("budget", pk="pk"), of("budget_line", pk="pk"), of("request", pk="pk")
YEAR = of("year", pk="pk")
CASE = of("case", pk="pk")
PROJECT, SITE = of("project", code="code"), of("site", code="code")


def an_act(fill: Fill) -> Shows:
    """A verb on a row."""
    return Shows(fill, told=False)


SHOWS: dict[str, Shows] = {
    "home": Shows(hidden=False, told=False),
    "board:board": Shows(hidden=False, query=f"?region={CODE}"),
    "indicators:index": Shows(hidden=False),
    "maps:map": Shows(hidden=False, query=f"?region={CODE}", told=False),
    "maps:features": Shows(lambda world: {"layer": "sites", "code": int(CODE)}),
    "maps:tile": Shows(lambda world: {"layer": "sites", **TILE}, hidden=False),
    "search:index": a_list("?q=哨兵"),
    "projects:index": a_list(),
    "projects:gaps": a_list(),
    "projects:project": Shows(PROJECT),
    "projects:change": Shows(PROJECT),
    "projects:milestone": an_act(PROJECT),
    "projects:milestone_remove": an_act(lambda world: {"code": world.project.code, "step": "outline"}),
    "projects:document": an_act(lambda world: {"code": world.project.code, "step": "outline"}),
    "projects:photo": an_act(PROJECT),
    "sites:index": a_list(),
    "sites:new": Shows(of("project", project="code"), told=False),
    "sites:site": Shows(SITE),
    "sites:change": Shows(SITE),
    "sites:move": an_act(SITE),
    "sites:photo": an_act(SITE),
    "plans:lines": a_list(),
    "plans:line": Shows(of("line", pk="pk")),
    "plans:allocations": a_list(),
    "plans:allocation": Shows(of("allocation", pk="pk")),
    "plans:files": a_list(),
    "plans:file": Shows(of("sheet", pk="pk")),
    "annual:plans": a_list(),
    "annual:waiting": a_list(),
    "annual:plan": Shows(YEAR),
    "annual:compare": Shows(YEAR),
    **{f"annual:{step}": Shows(YEAR, told=False) for step in ("line_new", "issue", "adjust")},
    "annual:discard": an_act(YEAR),
    "annual:line": Shows(of("year_line", pk="pk")),
    "annual:line_drop": an_act(of("year_line", pk="pk")),
    "annual:task": Shows(of("task", pk="pk")),
    "annual:report": Shows(of("task", pk="pk"), told=False),
    "annual:confirm": an_act(of("month", pk="pk")),
    "annual:send_back": Shows(of("month", pk="pk"), told=False),
    "budgets:index": a_list(),
    "budgets:budget": Shows(BUDGET),
    **{f"budgets:{step}": Shows(BUDGET, told=False) for step in ("line_new", "answer", "refine", "approve")},
    "budgets:close": an_act(BUDGET),
    "budgets:line": Shows(BUDGET_LINE),
    **{f"budgets:{act}": Shows(BUDGET_LINE, told=False) for act in ("line_adjust", "expense_new")},
    "budgets:line_drop": an_act(BUDGET_LINE),
    "budgets:expenses": a_list(),
    "budgets:expense": Shows(REQUEST),
    "budgets:expense_agree": an_act(REQUEST),
    **{f"budgets:expense_{act}": Shows(REQUEST, told=False) for act in ("refuse", "withdraw", "pay")},
    **{
        f"workflow:{tab}": Shows(hidden=False, told=False) for tab in ("inbox", "handled", "started", "copies", "queue")
    },
    "workflow:supervised": a_list(),
    "workflow:case": Shows(CASE),
    "workflow:sheet": Shows(CASE),
    "workflow:attach": Shows(CASE, told=False),
    "workflow:act": Shows(lambda world: {"pk": world.case.pk, "act": "cc"}, told=False),
    "workflow:act-task": Shows(
        lambda world: {"pk": world.case.pk, "act": "pass", "task": world.case_task.pk}, told=False
    ),
    "funds:accounts": a_list(),
    "funds:account": Shows(of("account", pk="pk")),
    "funds:account_file": Shows(hidden=False, told=False),
    "funds:account_record": Shows(of("account", pk="pk")),
    "funds:account_change": Shows(of("account", pk="pk")),
    **{
        f"funds:account_{act}": Shows(of("account", pk="pk"), told=False)
        for act in ("confirm", "withdraw", "suspend", "resume", "close")
    },
    "funds:account_reveal": Shows(of("account", pk="pk"), told=False),
    "funds:transactions": a_list(),
    "funds:transaction": Shows(of("transaction", pk="pk")),
    "funds:files": a_list(),
    "funds:file": Shows(of("file", pk="pk")),
    "funds:file_again": an_act(of("file", pk="pk")),
    "alerts:alerts": a_list(),
    "alerts:alert": Shows(ALERT),
    **{
        f"alerts:act-{act}": an_act(ALERT)
        for act in ("acknowledge", "call", "explain", "rectify", "verify", "close", "dismiss")
    },
    "audit:events": a_list(),
    "audit:event": Shows(lambda world: {"number": world.event}),
    "files:file": Shows(of("paper", pk="pk")),
    "files:thumb": Shows(lambda world: {"pk": world.photo.pk, "size": 480}),
    "accounts:people": a_list(),
    "accounts:person": Shows(PERSON),
    "accounts:move": Shows(PERSON, told=False),
    "accounts:grant": Shows(PERSON, told=False),
    "accounts:issue-password": an_act(PERSON),
    "accounts:unlock": an_act(PERSON),
    "accounts:close": an_act(PERSON),
    "accounts:reopen": an_act(PERSON),
    "accounts:withdraw": an_act(of("grant", pk="pk")),
}

OWN, LAW, ENTRANCE = "one's own account", "the same for the whole province", "the way in and out"
EMPTY = "an empty form"
OFFICES = "offices are public among offices; people stand on pages of their own"
BARE: dict[str, tuple[str, Fill]] = {
    **{
        name: (OWN, lambda world: {})
        for name in (
            *("accounts:me", "accounts:language", "accounts:end-others", "account_reauthenticate"),
            *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_change_password", "mfa_index"),
            *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn"),
            *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        )
    },
    "accounts:end-session": (OWN, lambda world: {"pk": 1}),
    "mfa_remove_webauthn": (OWN, lambda world: {"pk": 1}),
    **{
        name: (ENTRANCE, lambda world: {})
        for name in (
            *("account_login", "mfa_login_webauthn", "mfa_authenticate", "account_inactive", "account_logout"),
            *("healthz", "web:setlang"),
        )
    },
    "accounts:agencies": (OFFICES, lambda world: {}),
    "accounts:agency": (OFFICES, lambda world: {"code": CODE}),
    "accounts:agency-edit": (OFFICES, lambda world: {"code": CODE}),
    "accounts:add-division": (OFFICES, lambda world: {"code": CODE}),
    "accounts:open-account": (OFFICES, lambda world: {"code": CODE}),
    "workflow:definitions": (LAW, lambda world: {}),
    "workflow:definition": (LAW, lambda world: {"key": "sentinel", "version": 1}),
    "alerts:rules": (LAW, lambda world: {}),
    "alerts:rule": (LAW, lambda world: {"code": "IDLE_FUND"}),
    "alerts:rule-draft": (LAW, lambda world: {"code": "IDLE_FUND"}),
    "alerts:rule-publish": (LAW, lambda world: {"code": "IDLE_FUND"}),
    "calendar:today": (LAW, lambda world: {}),
    "calendar:year": (LAW, lambda world: {"year": 2026}),
    "calendar:notice": (LAW, lambda world: {}),
    "parameters:parameters": (LAW, lambda world: {}),
    "parameters:parameter": (LAW, lambda world: {"number": 1}),
    "parameters:set": (LAW, lambda world: {"number": 1}),
    "regions:regions": (LAW, lambda world: {}),
    "regions:region": (LAW, lambda world: {"code": CODE}),
    "regions:files": (LAW, lambda world: {}),
    "regions:file": (LAW, lambda world: {"pk": 1}),
    "maps:shapes": (LAW, lambda world: {"code": int(CODE), "level": "county"}),
    "funds:banks": (LAW, lambda world: {}),
    "funds:upload": (EMPTY, lambda world: {}),
    "plans:upload": (EMPTY, lambda world: {}),
    "budgets:new": (EMPTY, lambda world: {}),
    "annual:new": (EMPTY, lambda world: {}),
    "plans:blank": (EMPTY, lambda world: {"kind": "lines"}),
    "projects:new": (EMPTY, lambda world: {}),
    "operations:jobs": ("counts of work of the whole system, without its arguments", lambda world: {}),
    "web:components": ("made-up rows, in a demo only", lambda world: {}),
}
