"""Writes: people and posts, roles, sessions, offices."""
