"""What every rule may look at. In PostgreSQL these are views, elsewhere files of the same columns.

Days are dates in Asia/Shanghai, money is whole fen. Pending entries are left out. `rule_day` is the sum of the
entries of an account and day, kept beside them.
"""

import ibis

ENTRY = ibis.table(
    {"id": "int64", "account_id": "int64", "booked": "date", "credit": "boolean", "fen": "int64"}, name="rule_entry"
)
DAY = ibis.table({"account_id": "int64", "day": "date", "money_in": "int64", "money_out": "int64"}, name="rule_day")
ACCOUNT = ibis.table(
    {
        "account_id": "int64",
        "agency_id": "int64",
        "region_code": "string",
        "opening": "int64",
        "covered_until": "date",
    },
    name="rule_account",
)
MATCH = ibis.table(
    {"entry_id": "int64", "allocation_id": "int64", "fen": "int64", "account_id": "int64"}, name="rule_match"
)
LEG = ibis.table(
    {
        "allocation_id": "int64",
        "document_key": "string",
        "from_agency_id": "int64",
        "from_region": "string",
        "fund_type": "string",
        "fen": "int64",
        "issued_on": "date",
        "due_on": "date",
        "covered_until": "date",
    },
    name="rule_leg",
)
