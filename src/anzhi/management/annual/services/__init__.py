"""Writes of annual plans and of progress."""
