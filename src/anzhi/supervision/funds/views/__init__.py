"""Pages of accounts, bank rows, statement files and banks."""
