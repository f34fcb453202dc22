"""Writes of budgets."""
