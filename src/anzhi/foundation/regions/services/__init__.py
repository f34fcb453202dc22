"""Writes of the register and of boundaries, each by somebody and on record."""
