"""Pages: one's own account, offices, people."""
