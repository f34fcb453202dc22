"""Writes: banks, accounts, and the way of a statement file from arrival to stored rows."""
