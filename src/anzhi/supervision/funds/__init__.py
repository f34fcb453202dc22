"""Banks, supervised accounts, their statements and transactions, and the trail of every yuan."""
