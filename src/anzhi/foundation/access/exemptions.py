"""Tables that carry a region code but no row-level security, each with its reason; queries guard them.

`tests/foundation/access/test_rows.py` fails for any other table with a region code and no policy.
"""

EXEMPT: dict[str, str] = {
    "accounts_agency": "a log-in must find its office before any scope is known; an office's name is no secret",
    "projects_projectregion": "which counties a dam touches is public, and the policy of projects asks it",
    "accounts_jurisdiction": "which office sees to which county is public",
}
