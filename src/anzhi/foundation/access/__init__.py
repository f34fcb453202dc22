"""Permissions, roles, scope and row-level security: the only gate. Has no models."""
