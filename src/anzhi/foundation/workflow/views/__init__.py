"""Pages of the workflow: the desk, cases, definitions."""
