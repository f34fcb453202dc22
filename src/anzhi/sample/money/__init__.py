"""Accounts, plans, and a year of movements."""
